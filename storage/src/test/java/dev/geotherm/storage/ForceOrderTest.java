package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which files and folders are forced to disk, moved and deleted. */
class ForceOrderTest {
    @TempDir
    Path scratch;

    private final List<String> calls = new ArrayList<>();
    private Path from;
    private Path to;

    @BeforeEach
    void createFolders() throws IOException {
        from = Files.createDirectories(scratch.resolve("from"));
        to = Files.createDirectories(scratch.resolve("to"));
    }

    /** Records forces with the content or the files that they cover, and moves. */
    private final Disk disk = new Disk() {
        @Override
        FileChannel open(Path file, OpenOption option) throws IOException {
            return new RecordingChannel(super.open(file, option), () -> calls.add("force " + describe(file)), () -> {});
        }

        @Override
        void move(Path source, Path target) throws IOException {
            super.move(source, target);
            calls.add("move to " + target.getFileName());
        }
    };

    private static String describe(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            return "'" + Files.readString(file) + "'";
        }
        try (var files = Files.list(file)) {
            return file.getFileName() + " "
                    + files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void commit_forcesTheFileBeforeTheMoveAndTheFolderAfterIt() throws IOException {
        try (AtomicFile file = AtomicFile.open(to.resolve("state"), null, disk)) {
            file.out().write("new".getBytes());
            file.commit();
        }
        assertThat(calls).containsExactly("force 'new'", "move to state", "force to [state]");
    }

    @Test
    void prepare_forcesTheFileOnce() throws IOException {
        try (AtomicFile file = AtomicFile.open(to.resolve("state"), null, disk)) {
            file.out().write("new".getBytes());
            file.prepare();
            assertThat(calls).containsExactly("force 'new'");
            file.replace();
            assertThat(calls).containsExactly("force 'new'", "move to state");
        }
    }

    @Test
    void move_forcesTheFileBeforeAndTheFolderAfterwards() throws IOException {
        Files.writeString(from.resolve("a"), "new");
        disk.forceAndMove(from.resolve("a"), to.resolve("b"));
        assertThat(calls).containsExactly("force 'new'", "move to b", "force to [b]");
    }

    @Test
    void publish_forcesEachStepBeforeTheNext() throws IOException {
        Files.writeString(from.resolve("one"), "1");
        Files.writeString(from.resolve("seal"), "3");
        Files.writeString(to.resolve("two"), "old");
        Files.writeString(to.resolve("seal"), "old");
        DurableFiles.publish(from, to, List.of("one", "two", "seal"), disk);
        assertThat(calls)
                .containsExactly(
                        "force to [two]",
                        "force '1'",
                        "move to one",
                        "force to [one, two]",
                        "force to [one]",
                        "force '3'",
                        "move to seal",
                        "force to [one, seal]");
    }

    @Test
    void createFolders_forcesTheFolderAboveEachNewOne() throws IOException {
        DurableFiles.createFolders(to.resolve("a/b"), disk);
        assertThat(calls).containsExactly("force to [a]", "force a [b]");
    }
}
