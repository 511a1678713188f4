package dev.geotherm.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import org.junit.jupiter.api.Test;

class MagnitudeTest {

    @Test
    void rounded_keepsTwoDigits() {
        assertThat(Magnitude.rounded(0)).isZero();
        assertThat(Magnitude.rounded(1)).isEqualTo(1);
        assertThat(Magnitude.rounded(1 / 3.0)).isEqualTo(0.33);
        assertThat(Magnitude.rounded(0.0012345)).isEqualTo(0.0012);
        assertThat(Magnitude.rounded(0.9999)).isEqualTo(1);
        assertThat(Magnitude.of(DoubleNode.valueOf(1), DoubleNode.valueOf(3))).isEqualTo(0.67);
    }
}
