package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonParseException;
import dev.geotherm.delta.DeltaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid texts of states are refused with their position. */
class StateTextTest {
    private static byte[] document(String number) {
        return ("{\n  \"n\": " + number + "}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-999999999999", "1e2147483649", "0e99999999999", "1.5E-2147483648"})
    void read_tooLargeExponentIsRefusedWithItsPosition(String number) {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(document(number))))
                .satisfies(refused -> {
                    assertThat(refused.getLocation().getLineNr()).isEqualTo(2);
                    assertThat(refused.getLocation().getColumnNr()).isEqualTo(8);
                    assertThat(StateText.problem(refused)).contains("exponent", number);
                });
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> StateText.read(document(number)))
                .withMessageContainingAll("line 2, column 8", "exponent", number);
    }

    @Test
    void read_longNumberIsShortenedInTheMessage() {
        assertThatExceptionOfType(JsonParseException.class)
                .isThrownBy(() -> StateText.read(new ByteArrayInputStream(document("1".repeat(9_000) + "e9999999999"))))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void read_acceptsTheLargestExponents() throws IOException {
        for (String number : List.of("1E+2147483647", "1E-2147483647")) {
            assertThat(StateText.read(new ByteArrayInputStream(document(number)))
                            .path("n")
                            .decimalValue())
                    .isEqualTo(number);
        }
    }
}
