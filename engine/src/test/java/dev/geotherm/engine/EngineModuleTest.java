package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.geotherm.profiles.runtime.GeothermModule;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineModuleTest {
    @TempDir
    Path scratch;

    @Test
    void knowledge_isOneAndRunsOverTheComponentsOfTheInjector() throws Exception {
        Injector injector = Guice.createInjector(
                new GeothermModule(TestPlatform.configuration("balanced", List.of()), scratch.resolve("work")),
                new EngineModule(scratch.resolve("knowledge")));
        try (Platform platform = injector.getInstance(Platform.class);
                Knowledge knowledge = injector.getInstance(Knowledge.class)) {
            assertThat(injector.getInstance(Knowledge.class)).isSameAs(knowledge);
            knowledge.ingest(
                    ListCorpus.of(ListCorpus.document("d", "Lava flows.")), Progress.none(), Cancellation.never());
            assertThat(platform.anchors().size()).isEqualTo(1);
        }
        assertThat(scratch.resolve("knowledge/state.json")).exists();
    }
}
