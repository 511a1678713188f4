package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes of scalars of different kinds differ, even if their first lanes are equal. */
final class HashRegisterTest {
    private static HashRegister of(JsonNode value) {
        HashRegister measure = new HashRegister();
        measure.scalar(value);
        return measure;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5, 1L << 40})
    void take_wholeNumberAndFractionWithTheSameFirstLaneDiffer(long number) {
        HashRegister whole = of(LongNode.valueOf(number));
        HashRegister fraction = of(DoubleNode.valueOf(Double.longBitsToDouble(number - HashMixer.B)));
        assertThat(fraction.high).isEqualTo(whole.high);
        assertThat(fraction.sameHash(whole)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void take_booleanAndWholeNumberWithTheSameFirstLaneDiffer(boolean value) {
        HashRegister other = of(BooleanNode.valueOf(value));
        HashRegister whole = of(LongNode.valueOf((value ? 1 : 2) + 2 * HashMixer.B));
        assertThat(whole.high).isEqualTo(other.high);
        assertThat(whole.sameHash(other)).isFalse();
    }
}
