package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moving, publishing and deleting whole files. */
class DurableFilesTest {
    @TempDir
    Path scratch;

    private Path from;
    private Path to;

    @BeforeEach
    void makeFolders() throws IOException {
        from = Files.createDirectories(scratch.resolve("from"));
        to = Files.createDirectories(scratch.resolve("to"));
    }

    @Test
    void move_replacesAFile() throws IOException {
        Files.writeString(from.resolve("a"), "new");
        Files.writeString(to.resolve("a"), "old");
        DurableFiles.move(from.resolve("a"), to.resolve("a"));
        assertThat(to.resolve("a")).hasContent("new");
        assertThat(from).isEmptyDirectory();
    }

    @Test
    void move_ofAMissingFileLeavesTheOldOne() throws IOException {
        Files.writeString(to.resolve("a"), "old");
        assertThatIOException()
                .isThrownBy(() -> DurableFiles.move(from.resolve("a"), to.resolve("a")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(to.resolve("a")).hasContent("old");
    }

    @Test
    void delete_ofAMissingFileHasNoEffect() throws IOException {
        DurableFiles.delete(to.resolve("a"));
        Files.writeString(to.resolve("a"), "old");
        DurableFiles.delete(to.resolve("a"));
        assertThat(to).isEmptyDirectory();
    }

    @Test
    void publish_movesWhatWasPreparedAndDeletesWhatHasNoSuccessor() throws IOException {
        for (String name : List.of("one", "two", "seal", "other")) {
            Files.writeString(to.resolve(name), "old " + name);
        }
        Files.writeString(from.resolve("one"), "new one");
        Files.writeString(from.resolve("seal"), "new seal");
        DurableFiles.publish(from, to, List.of("one", "two", "seal"));
        assertThat(to.resolve("one")).hasContent("new one");
        assertThat(to.resolve("two")).doesNotExist();
        assertThat(to.resolve("seal")).hasContent("new seal");
        assertThat(to.resolve("other")).hasContent("old other");
        assertThat(from).isEmptyDirectory();
    }

    @Test
    void publish_thatFailsHalfWayLeavesNoSeal() throws IOException {
        for (String name : List.of("one", "seal")) {
            Files.writeString(from.resolve(name), "new");
            Files.writeString(to.resolve(name), "old");
        }
        Files.createDirectories(to.resolve("two/full"));
        assertThatIOException()
                .isThrownBy(() -> DurableFiles.publish(from, to, List.of("one", "two", "seal")))
                .isInstanceOf(DirectoryNotEmptyException.class);
        assertThat(to.resolve("one")).hasContent("new");
        assertThat(to.resolve("seal")).doesNotExist();
    }

    @Test
    void forceFolder_ofAMissingFolderFails() {
        assertThatIOException()
                .isThrownBy(() -> DurableFiles.forceFolder(scratch.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
