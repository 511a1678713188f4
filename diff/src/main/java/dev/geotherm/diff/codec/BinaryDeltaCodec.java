package dev.geotherm.diff.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.json.JsonLimits;
import dev.geotherm.diff.state.StateHash;
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
 * the dictionary or the state if it was made with one. {@link #against} leaves out the values that go and, under {@link
 * CompressionPolicy#SIZE}, compresses with the texts of the state. What it encodes is for that state only: 32 bits of the
 * state's fingerprint are in the frame, and another state is refused (one in four billion is not). For that each codec
 * that {@code against} returned walks once through the whole state. The reader's state must be equal as {@link
 * dev.geotherm.delta.JsonEquality#same} says: {@code 1.10} that one side reads as a decimal and the other as a double
 * makes two states.
 *
 * <p>Reading checks a CRC-32C and is bounded: bytes expand to 16 MiB at most or, if that is more, to 1,040 times their
 * size; 256 MiB and an eighth of the heap are the most of all, what is made of them takes half of the heap at most, and
 * values and paths have 10,000 levels at most. Safe for use by many threads.
 */
public final class BinaryDeltaCodec implements DeltaCodec {
    private final Supplier<CompressionPolicy> policy;
    private final EncodeMeter meter;
    private final @Nullable DeltaDictionary dictionary;
    private final LongSupplier nanos;
    private final Map<CompressionPolicy, CompressionChooser> choosers = new EnumMap<>(CompressionPolicy.class);
    private final Map<CompressionPolicy, CompressionChooser> choosersOfState = new EnumMap<>(CompressionPolicy.class);

    /** Creates a codec that compresses under a policy. */
    public BinaryDeltaCodec(CompressionPolicy policy) {
        this(() -> policy, new EncodeMeter());
    }

    /** Creates a codec that compresses under the policy of each moment, and reports to a meter. */
    public BinaryDeltaCodec(Supplier<CompressionPolicy> policy, EncodeMeter meter) {
        this(policy, meter, null, System::nanoTime);
    }

    BinaryDeltaCodec(
            Supplier<CompressionPolicy> policy,
            EncodeMeter meter,
            @Nullable DeltaDictionary dictionary,
            LongSupplier nanos) {
        this.policy = requireNonNull(policy, "policy");
        this.meter = meter;
        this.dictionary = dictionary;
        this.nanos = nanos;
        for (CompressionPolicy each : CompressionPolicy.values()) {
            choosers.put(each, chooser(each, false));
            choosersOfState.put(each, chooser(each, true));
        }
    }

    private CompressionChooser chooser(CompressionPolicy under, boolean state) {
        return new CompressionChooser(under, CompressionMode.of(under, dictionary != null, state), nanos);
    }

    /** Returns a codec that also tries the given dictionary, and reads what was compressed with it. */
    public BinaryDeltaCodec withDictionary(DeltaDictionary next) {
        return new BinaryDeltaCodec(policy, meter, requireNonNull(next, "next"), nanos);
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
        byte[] body = BinaryWriter.write(delta, state == null ? null : state.before);
        byte[] frame = pack(body, state);
        meter.encoded(body.length, frame.length, System.nanoTime() - start);
        return frame;
    }

    private byte[] pack(byte[] body, @Nullable OfState state) {
        if (body.length > JsonLimits.MAX_BYTES) {
            throw new DeltaException("a delta of more than " + JsonLimits.MAX_BYTES + " bytes is not encoded");
        }
        CompressionPolicy under = policy.get();
        CompressionChooser chooser = requireNonNull((state == null ? choosers : choosersOfState).get(under));
        CompressionChooser.Packed packed =
                chooser.pack(body, way -> way.method().compress(body, way.level(), help(way.help(), state)));
        byte[] small = packed.bytes();
        CompressionMode way = packed.way();
        if (body.length > DeltaFrame.mostExpanded(small.length)) {
            // What nobody would dare to expand is compressed less.
            way = CompressionMode.WITHIN_BOUNDS;
            small = way.method().compress(body, way.level(), null);
        }
        if (small.length >= body.length) {
            way = CompressionMode.PLAIN;
            small = body;
        }
        int id = way.help() == CompressionMode.Help.DICTIONARY && dictionary != null ? dictionary.id() : 0;
        return DeltaFrame.write(way, state != null, body.length, id, state == null ? 0 : state.mark(), small);
    }

    private StateDelta decode(byte[] bytes, @Nullable OfState state) {
        DeltaFrame frame = DeltaFrame.read(bytes);
        if (frame.ofState() && state == null) {
            throw new DeltaException("the delta needs the state that it was made from; give that state");
        } else if (frame.ofState() && state != null && frame.state() != state.mark()) {
            throw new DeltaException("the delta was written for another state than the one given;"
                    + " give the state that it was made from");
        } else if (frame.way().help() == CompressionMode.Help.DICTIONARY
                && (dictionary == null || dictionary.id() != frame.dictionary())) {
            throw new DeltaException("the delta was compressed with the dictionary "
                    + Integer.toUnsignedString(frame.dictionary()) + ", which this codec does not have");
        }
        byte[] body = frame.body(bytes, help(frame.way().help(), state));
        return BinaryReader.read(body, frame.ofState() && state != null ? state.before : null);
    }

    private byte @Nullable [] help(CompressionMode.Help help, @Nullable OfState state) {
        return switch (help) {
            case NONE -> null;
            case DICTIONARY -> dictionary == null ? null : dictionary.bytes();
            case STATE -> state == null ? null : state.texts();
        };
    }

    /** The codec for deltas of one state. */
    private final class OfState implements DeltaCodec {
        private final JsonNode before;
        private byte @Nullable [] texts;
        private @Nullable Integer mark;

        private OfState(JsonNode before) {
            this.before = requireNonNull(before, "before");
        }

        private synchronized byte[] texts() {
            if (texts == null) {
                texts = StateDictionary.of(before);
            }
            return texts;
        }

        /** Returns what tells the state from others in a frame. */
        private synchronized int mark() {
            if (mark == null) {
                mark = (int) StateHash.of(before, IgnoredPaths.NONE.root()).low();
            }
            return mark;
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
