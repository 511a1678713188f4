package dev.geotherm.testkit.anchor;

import static dev.geotherm.testkit.anchor.AnchorStoreFixture.axis;
import static dev.geotherm.testkit.anchor.AnchorStoreFixture.fragment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.AnchorId;
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
        assertThat(fixture.store.scrub(PERSONAL))
                .startsWith("Write to ")
                .contains(" or call ")
                .doesNotContain("jane", "example.org", "901820", "3704", "192.168");
    }

    @Test
    void scrub_isIdempotent() {
        String once = fixture.store.scrub(PERSONAL);
        assertThat(fixture.store.scrub(once)).isEqualTo(once);
    }

    @Test
    void scrub_leavesOrdinaryTextsUnchanged() {
        for (String text : List.of("", "wings at Mach 2.5 in 1958", "1,234,567.89 items; 12:30:45; §5.1.2", "a@b")) {
            assertThat(fixture.store.scrub(text)).isEqualTo(text);
        }
    }

    @Test
    void ingest_scrubsTheText() {
        AnchorId id = fixture.store.ingest(fragment("f1", PERSONAL), axis(0)).anchor();
        assertThat(fixture.anchor(id).text()).isEqualTo(fixture.store.scrub(PERSONAL));
        assertThat(fixture.store.metrics().scrubbed()).isPositive();
    }

    @Test
    void scrub_canBeDisabled() {
        fixture.reopen(AnchorStoreSettings.USUAL.withoutScrubbing());
        AnchorId id = fixture.store.ingest(fragment("f1", PERSONAL), axis(0)).anchor();
        assertThat(fixture.anchor(id).text()).isEqualTo(PERSONAL);
        assertThat(fixture.store.scrub(PERSONAL)).isEqualTo(PERSONAL);
    }
}
