package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.testkit.diff.CodecCapability;
import dev.geotherm.testkit.diff.DeltaCodecContract;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract for every codec of this module. */
class TextCodecsTest {

    @Nested
    class OfJson extends DeltaCodecContract {
        @Override
        protected DeltaCodec create() {
            return DeltaFormat.DELTA.codec();
        }

        @Override
        protected Set<CodecCapability> capabilities() {
            return EnumSet.complementOf(EnumSet.of(CodecCapability.EVERY_NAME, CodecCapability.KNOWS_ITS_STATE));
        }
    }

    @Nested
    class OfJsonPatch extends DeltaCodecContract {
        @Override
        protected DeltaCodec create() {
            return DeltaFormat.JSON_PATCH.codec();
        }

        @Override
        protected Set<CodecCapability> capabilities() {
            return EnumSet.of(CodecCapability.DEEP_VALUES, CodecCapability.NULL_MEMBERS);
        }
    }

    @Nested
    class OfMergePatch extends DeltaCodecContract {
        @Override
        protected DeltaCodec create() {
            return DeltaFormat.MERGE_PATCH.codec();
        }

        @Override
        protected Set<CodecCapability> capabilities() {
            return EnumSet.of(CodecCapability.DEEP_VALUES);
        }
    }

    abstract static class OfBinary extends DeltaCodecContract {
        private final BinaryDeltaCodec codec;

        OfBinary(CompressionPolicy policy) {
            codec = new BinaryDeltaCodec(policy);
        }

        @Override
        protected DeltaCodec create() {
            return codec;
        }

        @Override
        protected Set<CodecCapability> capabilities() {
            return EnumSet.allOf(CodecCapability.class);
        }
    }

    @Nested
    class OfBinaryForSize extends OfBinary {
        OfBinaryForSize() {
            super(CompressionPolicy.SIZE);
        }
    }

    @Nested
    class OfBinaryForBoth extends OfBinary {
        OfBinaryForBoth() {
            super(CompressionPolicy.BALANCED);
        }
    }

    @Nested
    class OfBinaryForSpeed extends OfBinary {
        OfBinaryForSpeed() {
            super(CompressionPolicy.SPEED);
        }
    }

    @Nested
    class OfBinaryAsItIs extends OfBinary {
        OfBinaryAsItIs() {
            super(CompressionPolicy.NONE);
        }
    }
}
