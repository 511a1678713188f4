package dev.geotherm.api.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WeightsTest {

    @Test
    void parse_readsWhatToStringWrites() {
        Weights weights = Weights.parse(" lexical = 3, time=1 ");
        assertThat(weights.byMode()).isEqualTo(Map.of(RetrievalMode.LEXICAL, 3.0, RetrievalMode.TIME, 1.0));
        assertThat(Weights.parse(weights.toString())).isEqualTo(weights);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lexical",
                "lexical=",
                "lexical=x",
                "lexical=1=2",
                "words=1",
                "fused=1",
                "lexical=-1",
                "lexical=NaN",
                "lexical=0",
                "lexical=1,lexical=2",
                "lexical=1;time=2"
            })
    void parse_otherTextsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.parse(text))
                .withMessageContaining("lexical=0.6")
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void share_isOfTheSum() {
        Weights weights = Weights.parse("lexical=3,similarity=1,time=0");
        assertThat(weights.share(RetrievalMode.LEXICAL)).isEqualTo(0.75);
        assertThat(weights.includes(RetrievalMode.TIME)).isFalse();
        assertThat(weights.without(RetrievalMode.LEXICAL).share(RetrievalMode.SIMILARITY))
                .isEqualTo(1);
        assertThat(Weights.none().share(RetrievalMode.LEXICAL)).isZero();
    }

    @Test
    void query_needsWhatItsPartsNeed() {
        Query composite = Query.composite("steam", new float[1], 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> composite.withWeights(Weights.parse("lexical=1,neighbourhood=1")))
                .withMessageContaining("an anchor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> composite.withWeights(Weights.parse("provenance=1")))
                .withMessageContaining("a document");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> composite.withWeights(Weights.parse("time=1")))
                .withMessageContaining("cannot have time as its only weight");
        assertThat(composite
                        .withWeights(Weights.parse("lexical=1,provenance=0"))
                        .weights())
                .isNotEqualTo(Weights.none());
    }

    @Test
    void query_refusesWeightsThatItsModeCannotUse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.fused("steam", new float[1], 1).withWeights(Weights.parse("time=1")))
                .withMessageContaining("time=1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.lexical("steam", 1).withWeights(Weights.parse("similarity=1")));
    }
}
