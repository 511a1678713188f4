package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention deletes the oldest files beyond the bounds, never the newest. */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    Path folder;

    private final List<Path> files = new ArrayList<>();

    /** Five files of 100 bytes, 5 to 1 hours old. */
    @BeforeEach
    void createFiles() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path file = Files.write(folder.resolve("export-" + i), new byte[100]);
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(5 - i))));
            files.add(file);
        }
    }

    private List<Path> apply(long maxBytes, Duration maxAge) throws IOException {
        List<Path> deleted = new Retention(maxBytes, maxAge).apply(files, NOW);
        assertThat(deleted).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(files.subList(deleted.size(), files.size()))
                .allSatisfy(file -> assertThat(file).exists());
        return deleted;
    }

    @Test
    void apply_withoutBoundsDeletesNothing() throws IOException {
        assertThat(apply(Retention.ANY_SIZE, Retention.ANY_AGE)).isEmpty();
    }

    @Test
    void apply_deletesTheOldestBeyondASize() throws IOException {
        assertThat(apply(500, Retention.ANY_AGE)).isEmpty();
        assertThat(apply(499, Retention.ANY_AGE)).isEqualTo(files.subList(0, 1));
    }

    @Test
    void apply_deletesWhatIsOlderThanAnAge() throws IOException {
        assertThat(apply(Retention.ANY_SIZE, Duration.ofHours(3))).isEqualTo(files.subList(0, 2));
    }

    @Test
    void apply_keepsTheNewestInAnyCase() throws IOException {
        assertThat(apply(0, Duration.ZERO)).isEqualTo(files.subList(0, 4));
        assertThat(new Retention(0, Duration.ZERO).apply(List.of(), NOW)).isEmpty();
    }

    @Test
    void apply_keepsTheOrderWhateverTheTimesOfTheFiles() throws IOException {
        for (Path file : files) {
            Files.setLastModifiedTime(file, FileTime.from(NOW));
        }
        assertThat(apply(200, Retention.ANY_AGE)).isEqualTo(files.subList(0, 3));
    }

    @Test
    void apply_passesOverFilesThatAreGone() throws IOException {
        Files.delete(files.remove(2));
        List<Path> listed = new ArrayList<>(files);
        listed.add(folder.resolve("export-2"));
        assertThat(new Retention(300, Retention.ANY_AGE).apply(listed, NOW)).isEqualTo(files.subList(0, 1));
    }

    @Test
    void retention_checksItsValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Retention(-1, Duration.ZERO))
                .withMessage("maxBytes must be at least 0, was -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Retention(0, Duration.ofNanos(-1)));
    }
}
