package dev.geotherm.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.api.diff.DeltaException;
import dev.geotherm.api.diff.StateDelta;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deltas in few bytes: paths and names written once, values in columns, compressed by whatever has served best for the
 * deltas before.
 *
 * <p>Every delta returns as it was. The frame says how it was compressed, so that any codec of this class reads it, given
 * the dictionary or the state if it was made with one. Under {@link CompressionPolicy#SIZE}, {@link #against} compresses
 * with the texts of the state, in time that grows with the state; under any policy it leaves out the values that go.
 *
 * <p>Reading checks a CRC-32C and is bounded: bytes expand to 16 MiB at most or, if that is more, to 1,040 times their
 * size; 256 MiB and an eighth of the heap are the most of all, what is made of them takes half of the heap at most, and
 * values and paths have 10,000 levels at most. Safe for use by many threads.
 */
public final class BinaryDeltaCodec implements DeltaCodec {
    private final Supplier<CompressionPolicy> policy;
    private final Counters counters;
    private final @Nullable DeltaDictionary dictionary;
    private final LongSupplier nanos;
    private final Map<CompressionPolicy, CompressionChooser> choosers = new EnumMap<>(CompressionPolicy.class);
    private final Map<CompressionPolicy, CompressionChooser> choosersOfState = new EnumMap<>(CompressionPolicy.class);

    /** Creates a codec that compresses under a policy. */
    public BinaryDeltaCodec(CompressionPolicy policy) {
        this(() -> policy, new Counters());
    }

    BinaryDeltaCodec(Supplier<CompressionPolicy> policy, Counters counters) {
        this(policy, counters, null, System::nanoTime);
    }

    BinaryDeltaCodec(
            Supplier<CompressionPolicy> policy,
            Counters counters,
            @Nullable DeltaDictionary dictionary,
            LongSupplier nanos) {
        this.policy = requireNonNull(policy, "policy");
        this.counters = counters;
        this.dictionary = dictionary;
        this.nanos = nanos;
        for (CompressionPolicy each : CompressionPolicy.values()) {
            choosers.put(each, chooser(each, false));
            choosersOfState.put(each, chooser(each, true));
        }
    }

    private CompressionChooser chooser(CompressionPolicy under, boolean state) {
        return new CompressionChooser(under, Packing.of(under, dictionary != null, state), nanos);
    }

    /** Returns a codec that also tries the given dictionary, and reads what was compressed with it. */
    public BinaryDeltaCodec withDictionary(DeltaDictionary next) {
        return new BinaryDeltaCodec(policy, counters, requireNonNull(next, "next"), nanos);
    }

    @Override
    public DeltaCodec against(JsonNode before) {
        return new OfState(before);
    }

    @Override
    public byte[] encode(StateDelta delta) {
        return encode(delta, null);
    }

    @Override
    public StateDelta decode(byte[] bytes) {
        return decode(bytes, null);
    }

    private byte[] encode(StateDelta delta, @Nullable OfState state) {
        long start = System.nanoTime();
        byte[] body = BinaryWriting.write(delta, state == null ? null : state.before);
        byte[] frame = pack(body, state);
        counters.encoded(body.length, frame.length, System.nanoTime() - start);
        return frame;
    }

    private byte[] pack(byte[] body, @Nullable OfState state) {
        if (body.length > WireFormat.MOST_BYTES) {
            throw new DeltaException("a delta of more than " + WireFormat.MOST_BYTES + " bytes is not encoded");
        }
        CompressionPolicy under = policy.get();
        CompressionChooser chooser = requireNonNull((state == null ? choosers : choosersOfState).get(under));
        CompressionChooser.Packed packed =
                chooser.pack(body, way -> way.method().compress(body, way.level(), help(way.help(), state)));
        byte[] small = packed.bytes();
        Packing way = packed.way();
        if (body.length > DeltaFrame.mostExpanded(small.length)) {
            // What nobody would dare to expand is compressed less.
            way = Packing.WITHIN_BOUNDS;
            small = way.method().compress(body, way.level(), null);
        }
        if (small.length >= body.length) {
            return DeltaFrame.write(Packing.PLAIN, state != null, body.length, 0, body);
        }
        return DeltaFrame.write(way, state != null, body.length, key(way.help(), help(way.help(), state)), small);
    }

    private StateDelta decode(byte[] bytes, @Nullable OfState state) {
        DeltaFrame frame = DeltaFrame.read(bytes);
        if (frame.ofState() && state == null) {
            throw new DeltaException("the delta was written for somebody who has the state before; give that state");
        }
        byte[] help = help(frame.way().help(), state);
        if (frame.way().help() != Packing.Help.NONE
                && (help == null || key(frame.way().help(), help) != frame.key())) {
            throw new DeltaException(
                    frame.way().help() == Packing.Help.STATE
                            ? "the delta was written for another state than the one given"
                            : "the delta was compressed with the dictionary " + Integer.toUnsignedString(frame.key())
                                    + ", which this codec does not have");
        }
        return BinaryReading.read(frame.body(bytes, help), frame.ofState() && state != null ? state.before : null);
    }

    private byte @Nullable [] help(Packing.Help help, @Nullable OfState state) {
        return switch (help) {
            case NONE -> null;
            case DICTIONARY -> dictionary == null ? null : dictionary.bytes();
            case STATE -> state == null ? null : state.texts();
        };
    }

    private int key(Packing.Help help, byte @Nullable [] bytes) {
        if (help == Packing.Help.DICTIONARY && dictionary != null) {
            return dictionary.id();
        }
        return bytes == null ? 0 : DeltaFrame.checksumOf(bytes);
    }

    /** The codec for deltas of one state. */
    private final class OfState implements DeltaCodec {
        private final JsonNode before;
        private byte @Nullable [] texts;

        private OfState(JsonNode before) {
            this.before = requireNonNull(before, "before");
        }

        private synchronized byte[] texts() {
            if (texts == null) {
                texts = StateTexts.of(before);
            }
            return texts;
        }

        @Override
        public byte[] encode(StateDelta delta) {
            return BinaryDeltaCodec.this.encode(delta, this);
        }

        @Override
        public StateDelta decode(byte[] bytes) {
            return BinaryDeltaCodec.this.decode(bytes, this);
        }

        @Override
        public DeltaCodec against(JsonNode other) {
            return new OfState(other);
        }
    }
}
