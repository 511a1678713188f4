package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.PassageIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class IndexingQueueTest {
    private final PassageIndex index = mock(PassageIndex.class);
    private final IndexingQueue queue = new IndexingQueue(index, new StageTimes());

    private static Map<String, Optional<AnchorId>> anchor(String passage) {
        return Map.of(passage, Optional.empty());
    }

    @Test
    void indexAll_keepsTheOrder() {
        queue.add(new AnchoredBatch(List.of(), anchor("first")));
        queue.add(new AnchoredBatch(List.of(), anchor("second")));
        assertThat(queue.indexAll()).isEqualTo(2);
        assertThat(queue.indexAll()).isZero();
        InOrder order = inOrder(index);
        order.verify(index).assign(anchor("first"));
        order.verify(index).assign(anchor("second"));
        order.verifyNoMoreInteractions();
    }

    @Test
    void indexAll_thatFailsKeepsTheBatch() {
        doThrow(IllegalStateException.class).doNothing().when(index).assign(anchor("first"));
        queue.add(new AnchoredBatch(List.of(), anchor("first")));
        assertThatIllegalStateException().isThrownBy(queue::indexAll);
        assertThat(queue.indexAll()).isEqualTo(1);
    }
}
