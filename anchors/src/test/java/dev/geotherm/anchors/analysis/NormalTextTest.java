package dev.geotherm.anchors.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTextTest {
    @ParameterizedTest
    @CsvSource({
        "Cafe\u0301, café",
        "ＦＵＬＬ　ｗｉｄｔｈ, full width",
        "oﬃce, office",
        "hy\u00ADphen, hyphen",
        "Straße, strasse",
        "STRASSE, strasse",
        "ΣΟΦΟΣ, σοφοσ",
        "σοφος, σοφοσ",
        "ｶﾞ, ガ",
        "x², x2",
        "می\u200Cخواهم, میخواهم",
        "ＺＷ\u200BＳＰ, zw\u200Bsp",
        "İstanbul, istanbul",
        "ısı, ısı",
        "ПРИВЕТ, привет",
    })
    void of_foldsWhatLooksTheSame(String text, String normal) {
        assertThat(NormalText.of(text).strip()).isEqualTo(normal.strip());
    }

    @Test
    void of_asciiOnlyLosesItsCase() {
        assertThat(NormalText.of("The Quick-Brown FOX, [1990]")).isEqualTo("the quick-brown fox, [1990]");
        String lower = "already lower";
        assertThat(NormalText.of(lower)).isSameAs(lower);
    }
}
