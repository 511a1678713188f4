package dev.geotherm.api.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionDeltaTest {

    @Test
    void constructor_requiresGrowingRevisionsAndChanges() {
        Fingerprint fingerprint = new Fingerprint(1, 2);
        StateDelta delta = new StateDelta(List.of(Change.added(Pointer.parse("/a"), IntNode.valueOf(1))));
        assertThat(new RevisionDelta(1, 2, Instant.EPOCH, fingerprint, delta).revision())
                .isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevisionDelta(1, 1, Instant.EPOCH, fingerprint, delta));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevisionDelta(1, 2, Instant.EPOCH, fingerprint, StateDelta.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevisionDelta(-1, 2, Instant.EPOCH, fingerprint, delta));
    }

    @Test
    void fingerprint_parsesItsOwnText() {
        Fingerprint fingerprint = new Fingerprint(-2, 15);
        assertThat(fingerprint).hasToString("fffffffffffffffe000000000000000f");
        assertThat(Fingerprint.parse(fingerprint.toString())).isEqualTo(fingerprint);
        assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.parse("12"));
    }
}
