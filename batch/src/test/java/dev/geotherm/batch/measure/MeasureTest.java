package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.GeothermException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {

    @ParameterizedTest
    @CsvSource({
        "nDCG@10, nDCG@10",
        "ndcg_cut_10, nDCG@10",
        "NDCG_CUT.10, nDCG@10",
        "ndcg, nDCG",
        "map, MAP",
        "map_cut_5, MAP@5",
        "mrr@10, MRR@10",
        "recip_rank, MRR",
        "p@5, P@5",
        "P_5, P@5",
        "recall_100, Recall@100",
        "R@100, Recall@100",
        "success.1, Success@1",
        "Rprec, Rprec",
        "R-Precision, Rprec",
        "bpref, bpref"
    })
    void parse_takesItsOwnNamesAndThoseOfTrecEval(String name, String measure) {
        assertThat(Measure.parse(name)).hasToString(measure);
        assertThat(Measure.parse(measure)).isEqualTo(Measure.parse(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recall|measure Recall: needs a cutoff, for example Recall@10",
                "bpref@10|measure bpref@10: has no cutoff, write bpref",
                "nDCG@0|measure 'nDCG@0': the cutoff must be 1 or more",
                "P@9999999|measure P@9999999: the cutoff must be between 1 and 1,000,000",
                "F1|measure 'F1' is not known; expected one of nDCG, MAP, MRR, P@10, Recall@10, Success@10, Rprec, bpref, or nDCG@10,"
                        + " MAP@10, MRR@10",
                "nDCG@|measure 'nDCG@' is not known",
                "nDCG@99999999999|measure 'nDCG@99999999999' is not known"
            })
    void parse_otherNameIsRefusedWithTheReason(String name, String message) {
        assertThatThrownBy(() -> Measure.parse(name))
                .isInstanceOf(GeothermException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void defaults_areThoseOfTheReport() {
        assertThat(Measure.DEFAULTS)
                .extracting(Measure::toString)
                .containsExactly("nDCG@10", "MAP", "MRR", "Recall@100");
    }
}
