package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.collection;
import static org.awaitility.Awaitility.await;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.spi.Message;
import dev.geotherm.profiles.runtime.GeothermModule;
import dev.geotherm.profiles.runtime.Platform;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineModuleTest {
    @TempDir
    Path scratch;

    @Test
    void knowledge_isOneAndRunsOverTheComponentsOfTheInjector() throws Exception {
        try (GeothermModule geotherm = geotherm();
                EngineModule engine = new EngineModule(scratch.resolve("knowledge"))) {
            Injector injector = Guice.createInjector(geotherm, engine);
            Platform platform = injector.getInstance(Platform.class);
            Knowledge knowledge = injector.getInstance(Knowledge.class);
            assertThat(injector.getInstance(Knowledge.class)).isSameAs(knowledge);
            knowledge.ingest(
                    ListCorpus.of(ListCorpus.document("d", "Lava flows.")), Progress.none(), Cancellation.never());
            assertThat(platform.anchors().size()).isEqualTo(1);
        }
        assertThat(scratch.resolve("knowledge/generation-1/deltas.jsonl")).exists();
    }

    private GeothermModule geotherm() {
        return new GeothermModule(TestPlatform.configuration("balanced", List.of()), scratch.resolve("work"));
    }

    static final class Failing {
        @Inject
        Failing(Knowledge knowledge) {
            throw new IllegalStateException("no port for " + knowledge.deltas());
        }
    }

    @Test
    void close_leavesNothingOfAnInjectorThatFailed() {
        assertThatThrownBy(() -> {
                    try (GeothermModule geotherm = geotherm();
                            EngineModule engine = new EngineModule(scratch.resolve("knowledge"))) {
                        Guice.createInjector(Stage.PRODUCTION, geotherm, engine, new AbstractModule() {
                            @Override
                            protected void configure() {
                                bind(Failing.class).asEagerSingleton();
                            }
                        });
                    }
                })
                .isInstanceOf(CreationException.class);
        assertThat(scratch.resolve("work/retrieval")).doesNotExist();
        assertThat(scratch.resolve("knowledge/.geotherm-work")).doesNotExist();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("geotherm-engine")));
    }

    @Test
    void createInjector_opensNothing() {
        Guice.createInjector(Stage.PRODUCTION, geotherm(), new EngineModule(scratch.resolve("knowledge")));
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void knowledge_inAFolderOfOthersFailsWithThePlainMessage() throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("foreign"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        try (GeothermModule geotherm = geotherm();
                EngineModule engine = new EngineModule(folder)) {
            Injector injector = Guice.createInjector(geotherm, engine);
            assertThatThrownBy(() -> injector.getInstance(Knowledge.class))
                    .isInstanceOf(ProvisionException.class)
                    .extracting(failed -> ((ProvisionException) failed).getErrorMessages())
                    .asInstanceOf(collection(Message.class))
                    .extracting(Message::getMessage)
                    .containsExactly(
                            folder + " contains files that are not from a run (it has no .geotherm); use a new or"
                                    + " an empty folder");
        }
    }
}
