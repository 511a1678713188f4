package dev.geotherm.streaming.model;

import dev.geotherm.testkit.RandomCases;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PipelineModelTest {
    @TempDir
    Path folder;

    @Test
    void model_everyAcceptedFragmentHasOneOutcome() {
        run(4, 20);
    }

    @Test
    @Tag("full")
    void model_everyAcceptedFragmentHasOneOutcomeInManyRuns() {
        run(300, 150);
    }

    private void run(int cases, int fragments) {
        RandomCases.run(cases, random -> {
            Path own = Files.createTempDirectory(folder, "case");
            new PipelineModel(random, own, fragments).run();
        });
    }
}
