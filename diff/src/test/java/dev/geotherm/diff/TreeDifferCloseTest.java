package dev.geotherm.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.ContextCache;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import org.junit.jupiter.api.Test;

/** Closing a differ completely, or not at all. */
class TreeDifferCloseTest {

    @Test
    void close_insideAnEditIsRefusedAndClosesNothing() {
        TreeDiffer differ = new TreeDiffer(TestSettings.with("cacheSize", "10"), ComponentContext.standalone("close"));
        TrackedState other = differ.track(IntNode.valueOf(0));
        TrackedState edited = differ.track(IntNode.valueOf(0));
        ContextCache<String> cache = differ.openCache("c");
        edited.edit(editor -> {
            assertThatIllegalStateException()
                    .isThrownBy(differ::close)
                    .withMessage("a state cannot be closed inside an edit");
            editor.set(Pointer.ROOT, IntNode.valueOf(1));
        });
        assertThat(other.commit(IntNode.valueOf(1)).revision()).isEqualTo(1);
        assertThat(edited.commit(IntNode.valueOf(2)).revision()).isEqualTo(2);
        assertThat(differ.diff(IntNode.valueOf(1), IntNode.valueOf(1)).isEmpty())
                .isTrue();

        differ.close();
        assertThatIllegalStateException().isThrownBy(() -> other.commit(IntNode.valueOf(3)));
        assertThatIllegalStateException().isThrownBy(() -> edited.commit(IntNode.valueOf(3)));
        assertThatIllegalStateException().isThrownBy(() -> cache.put("q", IntNode.valueOf(1), "late"));
        differ.close();
    }
}
