package dev.geotherm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.mockito.Mockito.mock;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.pool.ObjectPools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandaloneContextTest {

    @Test
    void standalone_hasInstanceSystemClockAndOwnFolder() {
        try (StandaloneContext context = ComponentContext.standalone("pool");
                StandaloneContext other = ComponentContext.standalone("pool")) {
            assertThat(context.instance()).isEqualTo("pool");
            assertThat(context.clock()).isEqualTo(Clock.systemUTC());
            assertThat(context.workDirectory())
                    .startsWithRaw(Path.of(System.getProperty("java.io.tmpdir")))
                    .isEqualTo(context.workDirectory())
                    .isEqualTo(context.withClock(Clock.systemUTC()).workDirectory())
                    .isNotEqualTo(other.workDirectory());
        }
    }

    @Test
    void workDirectory_takesAnyNameOfTheInstance() {
        try (StandaloneContext context = ComponentContext.standalone("../é/\0")) {
            assertThat(context.workDirectory().getParent()).isDirectory();
        }
    }

    @Test
    void close_deletesTheTemporaryFolderAndEndsThreads() throws Exception {
        StandaloneContext context = ComponentContext.standalone("pool");
        Path folder = Files.createDirectories(context.workDirectory()).getParent();
        Files.writeString(context.workDirectory().resolve("file"), "x");
        ExecutorService executor = context.computeExecutor("work", 1);
        context.close();
        context.close();
        assertThat(folder).doesNotExist();
        assertThat(executor.isShutdown()).isTrue();
        assertThatIllegalStateException().isThrownBy(context::workDirectory);
    }

    @Test
    void close_leavesAGivenFolder(@TempDir Path folder) {
        StandaloneContext context = ComponentContext.standalone("pool").withWorkDirectory(folder);
        assertThat(context.workDirectory()).isEqualTo(folder);
        context.close();
        assertThat(folder).isDirectory();
    }

    @Test
    void with_returnsACopy() {
        StandaloneContext original = ComponentContext.standalone("pool");
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        ObjectPools pools = mock(ObjectPools.class);

        StandaloneContext changed = original.withClock(clock)
                .withWorkDirectory(Path.of("elsewhere"))
                .with(ObjectPools.class, pools);

        assertThat(changed.instance()).isEqualTo("pool");
        assertThat(changed.clock()).isSameAs(clock);
        assertThat(changed.workDirectory()).isEqualTo(Path.of("elsewhere"));
        assertThat(changed.component(ObjectPools.class)).isSameAs(pools);
        assertThat(original.clock()).isEqualTo(Clock.systemUTC());
        assertThatIllegalStateException().isThrownBy(() -> original.component(ObjectPools.class));
    }

    @Test
    void component_missingOneIsNamed() {
        StandaloneContext context =
                ComponentContext.standalone("anchors").with(ObjectPools.class, mock(ObjectPools.class));
        assertThatIllegalStateException()
                .isThrownBy(() -> context.component(BatchEvaluator.class))
                .withMessageContaining("anchors")
                .withMessageContaining("BatchEvaluator");
    }

    record Size(
            @Setting(defaultValue = "5", description = "The size.")
            int size) {}

    @Test
    void settings_includeThoseOfTheInstance() {
        StandaloneContext context = ComponentContext.standalone("pool").withInstance("vectors", Map.of("size", "8"));
        Size settings = Settings.defaults(Size.class);
        assertThat(context.settings("vectors", settings)).isEqualTo(new Size(8));
        assertThat(context.settings("anchors", settings)).isSameAs(settings);
    }

    @Test
    void scheduler_isTheGivenOne() {
        Scheduler scheduler = mock(Scheduler.class);
        StandaloneContext context = ComponentContext.standalone("pool");
        assertThat(context.withScheduler(scheduler).withClock(Clock.systemUTC()).scheduler())
                .isSameAs(scheduler);
        assertThat(context.scheduler()).isSameAs(context.scheduler()).isNotSameAs(scheduler);
    }

    @Test
    void nullArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> ComponentContext.standalone(null));
        StandaloneContext context = ComponentContext.standalone("pool");
        assertThatNullPointerException().isThrownBy(() -> context.withClock(null));
        assertThatNullPointerException().isThrownBy(() -> context.withWorkDirectory(null));
        assertThatNullPointerException().isThrownBy(() -> context.with(ObjectPools.class, null));
    }
}
