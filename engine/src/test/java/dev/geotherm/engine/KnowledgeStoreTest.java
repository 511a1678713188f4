package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.PassageIndex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeStoreTest {
    private final PassageIndex index = mock(PassageIndex.class);
    private final AnchorRestoration restoration = mock(AnchorRestoration.class);
    private final KnowledgeStore store = new KnowledgeStore(
            mock(StoreFiles.class), index, Marker.initial(0, "", "", 0), restoration, new StageTimes());

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class, IllegalStateException.class})
    void change_thatFailsInAnyWayStopsAllLaterOnes(Class<? extends Throwable> failure) throws Exception {
        when(restoration.restore(any(), any(), any())).thenThrow(failure);
        assertThatExceptionOfType(failure).isThrownBy(store::deltas);
        assertThat(store.hasFailed()).isTrue();
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(store::ledger);
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(store::commit);
    }

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class})
    void throwIfFailed_namesTheError(Class<? extends Error> failure) throws Exception {
        when(restoration.restore(any(), any(), any())).thenThrow(failure);
        assertThatExceptionOfType(failure).isThrownBy(store::deltas);
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(store::throwIfFailed)
                .withMessageContaining(failure.getSimpleName())
                .withCauseInstanceOf(failure);
    }
}
