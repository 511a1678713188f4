package dev.geotherm.diff.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.json.JsonLimits;
import dev.geotherm.diff.state.StateHash;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The codec of the binary format: each name is written once, values are stored in columns, and the body is compressed
 * with the method that was cheapest for previous deltas.
 *
 * <p>A decoded delta equals the encoded one. The frame contains the compression method, so any codec of this class can
 * decode it, given the same dictionary or state if one was used. A codec returned by {@link #against} omits old values
 * and, under {@link CompressionPolicy#SIZE}, compresses with the texts of the state. Its deltas apply only to that
 * state: the frame contains 32 bits of the state's fingerprint, and any other state is refused (except with a
 * probability of one in four billion). To compute the fingerprint, each such codec visits the whole state once. The
 * reader's state must be equal as defined by {@link dev.geotherm.delta.JsonEquality#same}: if {@code 1.10} is a decimal
 * on one side and a double on the other, the states differ.
 *
 * <p>Decoding checks a CRC-32C and is bounded: a body expands to at most 16 MiB or, if that is more, 1,040 times its
 * size, but never beyond 256 MiB or an eighth of the heap; the decoded delta takes at most half of the heap; values and
 * paths have at most 10,000 levels. Thread-safe.
 */
public final class BinaryDeltaCodec implements DeltaCodec {
    private final Supplier<CompressionPolicy> policy;
    private final EncodeMeter meter;
    private final @Nullable DeltaDictionary dictionary;
    private final LongSupplier nanos;
    // Created on first use, because they load the native code of compression libraries.
    private final Map<CompressionPolicy, CompressionChooser> choosers = new ConcurrentHashMap<>();
    private final Map<CompressionPolicy, CompressionChooser> choosersOfState = new ConcurrentHashMap<>();

    /** Creates a codec with a compression policy. */
    public BinaryDeltaCodec(CompressionPolicy policy) {
        this(() -> policy, new EncodeMeter());
    }

    /** Creates a codec that reads the current policy for each delta, and reports to a meter. */
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
    }

    private CompressionChooser chooser(CompressionPolicy under, boolean state) {
        return new CompressionChooser(under, CompressionMode.of(under, dictionary != null, state), nanos);
    }

    /** Returns a codec that also tries the given dictionary, and can decode deltas that were compressed with it. */
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
        CompressionChooser chooser = state == null
                ? choosers.computeIfAbsent(under, each -> chooser(each, false))
                : choosersOfState.computeIfAbsent(under, each -> chooser(each, true));
        CompressionChooser.Packed packed = chooser.pack(
                body, mode -> mode.method().compress(body, mode.level(), bytesOf(mode.dictionary(), state)));
        byte[] small = packed.bytes();
        CompressionMode mode = packed.mode();
        if (body.length > DeltaFrame.maxExpanded(small.length)) {
            // Readers refuse a body with too high a compression ratio, so such a body is compressed less.
            mode = CompressionMode.WITHIN_BOUNDS;
            small = mode.method().compress(body, mode.level(), null);
        }
        if (small.length >= body.length) {
            mode = CompressionMode.PLAIN;
            small = body;
        }
        int id =
                mode.dictionary() == CompressionMode.DictionaryKind.TRAINED && dictionary != null ? dictionary.id() : 0;
        return DeltaFrame.write(mode, state != null, body.length, id, state == null ? 0 : state.mark(), small);
    }

    private StateDelta decode(byte[] bytes, @Nullable OfState state) {
        DeltaFrame frame = DeltaFrame.read(bytes);
        if (frame.ofState() && state == null) {
            throw new DeltaException("the delta needs the state that it was made from; pass that state");
        } else if (frame.ofState() && state != null && frame.state() != state.mark()) {
            throw new DeltaException("the delta was made from another state;" + " use the state that it was made from");
        } else if (frame.mode().dictionary() == CompressionMode.DictionaryKind.TRAINED
                && (dictionary == null || dictionary.id() != frame.dictionary())) {
            throw new DeltaException("the delta was compressed with the dictionary "
                    + Integer.toUnsignedString(frame.dictionary()) + ", which this codec does not have");
        }
        byte[] body = frame.body(bytes, bytesOf(frame.mode().dictionary(), state));
        return BinaryReader.read(body, frame.ofState() && state != null ? state.before : null);
    }

    private byte @Nullable [] bytesOf(CompressionMode.DictionaryKind kind, @Nullable OfState state) {
        return switch (kind) {
            case NONE -> null;
            case TRAINED -> dictionary == null ? null : dictionary.bytes();
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

        /** Returns the part of the state's fingerprint that frames contain. */
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
