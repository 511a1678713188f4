package dev.geotherm.engine;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestionRunTest {
    private final KnowledgeStore store = mock(KnowledgeStore.class);
    private final DeadLetterFile deadLetters = mock(DeadLetterFile.class);
    private final IngestionRun run = new IngestionRun(
            store,
            new IngestionCounts("compare", 1, new StageTimes()),
            deadLetters,
            EngineSettings.defaults(),
            Cancellation.never());
    private final DeadLetter<Chunk> letter = letter();

    private static DeadLetter<Chunk> letter() {
        Fragment<Chunk> fragment = new Fragment<>("a#0", mock(Chunk.class), Priority.NORMAL, Instant.EPOCH, Map.of());
        return new DeadLetter<>(fragment, 3, new IllegalStateException("planted"), Instant.EPOCH);
    }

    @Test
    void onDeadLetter_isRecordedAndSettled() {
        run.onDeadLetter(letter);
        verify(deadLetters).add(letter);
        verify(store).fail(any());
    }

    @Test
    void onDeadLetter_ofAFailedStoreIsNotOne() {
        when(store.hasFailed()).thenReturn(true);
        run.onDeadLetter(letter);
        verify(deadLetters, never()).add(any());
    }
}
