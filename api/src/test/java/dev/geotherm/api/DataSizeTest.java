package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "512, 512, 512B",
        "512B, 512, 512B",
        "1KiB, 1024, 1KiB",
        "1kib, 1024, 1KiB",
        "64 MiB, 67108864, 64MiB",
        "1024MiB, 1073741824, 1GiB",
        "4096GiB, 4398046511104, 4096GiB",
        "1025, 1025, 1025B"
    })
    void parse_andToStringUseBinaryUnits(String text, long bytes, String written) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MiB", "1MB", "-1", "1.5MiB", "9999999999GiB", "9223372036854775808", "1 2", "\u0661 \u00c7"
            })
    void parse_invalidTextIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessage("must be a size such as 512KiB, 64MiB or 2GiB, was '" + text + "'");
    }

    @Test
    void constructor_negativeSizeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1)).withMessageContaining("was -1");
    }

    @Test
    void toString_parsesBackToAnEqualSize() {
        Random random = new Random(Long.getLong("geotherm.seed", 20261122));
        for (int i = 0; i < 10_000; i++) {
            DataSize size = new DataSize(random.nextLong() >>> (1 + random.nextInt(63)));
            assertThat(DataSize.parse(size.toString())).isEqualTo(size);
        }
        assertThat(DataSize.parse(new DataSize(Long.MAX_VALUE).toString())).isEqualTo(new DataSize(Long.MAX_VALUE));
    }

    @Test
    void compareTo_ordersByBytes() {
        assertThat(DataSize.parse("1023B")).isLessThan(DataSize.parse("1KiB"));
        assertThat(DataSize.parse("1KiB")).isEqualByComparingTo(DataSize.parse("1024"));
    }
}
