package dev.geotherm.testkit.diff;

import dev.geotherm.delta.DeltaCodec;
import java.util.EnumSet;
import java.util.Set;

/** The contract holds for a codec that writes the components of changes, but neither deep values nor every name. */
final class PlainDeltaCodecTest extends DeltaCodecContract {

    @Override
    protected DeltaCodec create() {
        return new PlainDeltaCodec();
    }

    @Override
    protected Set<CodecCapability> capabilities() {
        return EnumSet.of(CodecCapability.WITHOUT_STATE, CodecCapability.SAME_CHANGES, CodecCapability.NULL_MEMBERS);
    }
}
