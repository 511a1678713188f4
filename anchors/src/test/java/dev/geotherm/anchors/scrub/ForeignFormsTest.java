package dev.geotherm.anchors.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.ScrubbedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share of personal data that the scrubber finds in forms for which its rules were not made: as the guide states. */
final class ForeignFormsTest {
    private static final int TEXTS = 2_000;
    private static final long SEED = 20_261_130;

    @ParameterizedTest
    @CsvSource({
        "plain e-mail address, 1",
        "e-mail address of any characters, .35",
        "IP address, 1",
        "IBAN, 1",
        "card, .97",
        "international telephone number, 1",
        "telephone number after a word, .98",
        "national telephone number, .4"
    })
    void scrub_findsAtLeastTheStatedShare(String kind, double stated) {
        Function<ForeignForms, String> generator = switch (kind) {
            case "plain e-mail address" -> ForeignForms::plainEmail;
            case "e-mail address of any characters" -> ForeignForms::anyEmail;
            case "IP address" -> ForeignForms::ip;
            case "IBAN" -> ForeignForms::iban;
            case "card" -> ForeignForms::card;
            case "international telephone number" -> ForeignForms::internationalPhone;
            default -> ForeignForms::nationalPhone;
        };
        ForeignForms forms = new ForeignForms(SEED);
        PersonalDataScrubber scrubber = new PersonalDataScrubber();
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String item = generator.apply(forms);
            String place = kind.equals("telephone number after a word") ? forms.placeOfPhone() : forms.place();
            int start = place.indexOf("%s");
            String text = place.replace("%s", item);
            if (!isCovered(scrubber.scrub(text), start, start + item.length())) {
                missed.add(text + " -> " + scrubber.scrub(text).text());
            }
        }
        assertThat(1 - missed.size() / (double) TEXTS)
                .as("share of %s; missed: %s", kind, missed.subList(0, Math.min(40, missed.size())))
                .isGreaterThanOrEqualTo(stated);
    }

    private static boolean isCovered(ScrubbedText scrubbed, int start, int end) {
        int found = start;
        for (ScrubbedText.Replacement each : scrubbed.replacements()) {
            found = each.originalStart() <= found ? Math.max(found, each.originalEnd()) : found;
        }
        return found >= end;
    }
}
