package dev.geotherm.testkit.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A codec that keeps deltas in memory and encodes their numbers, with an optional fault. */
final class ReferenceCodec implements DeltaCodec {
    private static final List<Kept> KEPT = new ArrayList<>();
    private static final Pattern TICKET = Pattern.compile("\\[ticket (\\d+)]");

    private final DeltaCodecContractTest.@Nullable Broken broken;
    private final @Nullable JsonNode before;

    private record Kept(StateDelta delta, @Nullable JsonNode before) {}

    ReferenceCodec(DeltaCodecContractTest.@Nullable Broken broken) {
        this(broken, null);
    }

    private ReferenceCodec(DeltaCodecContractTest.@Nullable Broken broken, @Nullable JsonNode before) {
        this.broken = broken;
        this.before = before;
    }

    @Override
    public byte[] encode(StateDelta delta) {
        synchronized (KEPT) {
            KEPT.add(new Kept(broken == null ? delta : broken.encoding(delta), before));
            return ("[ticket " + (KEPT.size() - 1) + "]").getBytes(UTF_8);
        }
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        text = broken == null ? text : broken.decoding(text);
        if (text.equals("[]")) {
            return StateDelta.empty();
        }
        Matcher ticket = TICKET.matcher(text);
        if (!ticket.matches() || ticket.group(1).length() > 9) {
            throw new DeltaException("this is no ticket");
        }
        synchronized (KEPT) {
            int number = Integer.parseInt(ticket.group(1));
            if (number >= KEPT.size()) {
                throw new DeltaException("there is no ticket " + number);
            }
            Kept kept = KEPT.get(number);
            boolean any = broken == DeltaCodecContractTest.Broken.TAKES_ANY_STATE || kept.before == null;
            if (!any && (before == null || !JsonEquality.same(before, kept.before))) {
                throw new DeltaException("this ticket is for another state");
            }
            return kept.delta;
        }
    }

    @Override
    public DeltaCodec against(JsonNode before) {
        return new ReferenceCodec(broken, before);
    }
}
