package dev.geotherm.testkit.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.api.diff.DeltaException;
import dev.geotherm.api.diff.StateDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A codec that keeps the deltas in its memory and writes the number of each; broken in one way, if told. */
final class ReferenceCodec implements DeltaCodec {
    private static final List<StateDelta> KEPT = new ArrayList<>();
    private static final Pattern TICKET = Pattern.compile("\\[ticket (\\d+)]");

    private final DeltaCodecContractTest.@Nullable Broken broken;

    ReferenceCodec(DeltaCodecContractTest.@Nullable Broken broken) {
        this.broken = broken;
    }

    @Override
    public byte[] encode(StateDelta delta) {
        synchronized (KEPT) {
            KEPT.add(broken == null ? delta : broken.encoding(delta));
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
            return KEPT.get(number);
        }
    }

    @Override
    public DeltaCodec against(JsonNode before) {
        return this;
    }
}
