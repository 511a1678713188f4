package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.fragment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.ScrubbedText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AnchorStoreContract} about personal data. */
abstract class AnchorStoreScrubClauses {
    private final AnchorStoreFixture fixture;

    AnchorStoreScrubClauses(AnchorStoreFixture fixture) {
        this.fixture = fixture;
    }

    private static final String PERSONAL =
            "Write to jane.doe@example.org or call +49 30 901820, pay DE89 3704 0044 0532 0130 00, from 192.168.7.13";

    @Test
    void scrub_removesPersonalData() {
        assertThat(fixture.store.scrub(PERSONAL).text())
                .startsWith("Write to ")
                .contains(" or call ")
                .doesNotContain("jane", "example.org", "901820", "3704", "192.168");
    }

    @Test
    void scrub_isIdempotent() {
        String once = fixture.store.scrub(PERSONAL).text();
        assertThat(fixture.store.scrub(once)).isEqualTo(ScrubbedText.unchanged(once));
    }

    @Test
    void scrub_replacementsHaveTheirPlaces() {
        ScrubbedText scrubbed = fixture.store.scrub(PERSONAL);
        StringBuilder kept = new StringBuilder();
        StringBuilder original = new StringBuilder();
        int at = 0;
        int originalAt = 0;
        for (ScrubbedText.Replacement each : scrubbed.replacements()) {
            kept.append(scrubbed.text(), at, each.start());
            original.append(PERSONAL, originalAt, each.originalStart());
            assertThat(scrubbed.toOriginal(each.start())).isEqualTo(each.originalStart());
            at = each.end();
            originalAt = each.originalEnd();
        }
        kept.append(scrubbed.text().substring(at));
        original.append(PERSONAL.substring(originalAt));
        assertThat(scrubbed.replacements()).isNotEmpty();
        assertThat(kept).as("what was not replaced").hasToString(original.toString());
        assertThat(scrubbed.toOriginal(scrubbed.text().length())).isEqualTo(PERSONAL.length());
    }

    @Test
    void scrub_leavesOrdinaryTextsUnchanged() {
        for (String text : List.of("", "wings at Mach 2.5 in 1958", "1,234,567.89 items; 12:30:45; §5.1.2", "a@b")) {
            assertThat(fixture.store.scrub(text)).isEqualTo(ScrubbedText.unchanged(text));
        }
    }

    @Test
    void ingest_scrubsTheText() {
        AnchorId id = fixture.store.ingest(fragment("f1", PERSONAL), axis(0)).anchor();
        assertThat(fixture.anchor(id).text())
                .isEqualTo(fixture.store.scrub(PERSONAL).text());
        assertThat(fixture.store.metrics().scrubbed()).isPositive();
    }

    @Test
    void ingestScrubbed_keepsTheTextAndGivesTheAnchorOfIngest() {
        String scrubbed = fixture.store.scrub(PERSONAL).text();
        AnchorId id =
                fixture.store.ingestScrubbed(fragment("f1", scrubbed), axis(0)).anchor();
        assertThat(fixture.anchor(id).text()).isEqualTo(scrubbed);
        assertThat(fixture.store.ingest(fragment("f1", PERSONAL), axis(0)).anchor())
                .isEqualTo(id);
        assertThat(fixture.store.size()).isEqualTo(1);
    }

    @Test
    void scrub_canBeDisabled() {
        fixture.reopen(AnchorStoreSettings.USUAL.withoutScrubbing());
        AnchorId id = fixture.store.ingest(fragment("f1", PERSONAL), axis(0)).anchor();
        assertThat(fixture.anchor(id).text()).isEqualTo(PERSONAL);
        assertThat(fixture.store.scrub(PERSONAL)).isEqualTo(ScrubbedText.unchanged(PERSONAL));
    }
}
