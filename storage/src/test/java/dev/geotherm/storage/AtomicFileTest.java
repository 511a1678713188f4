package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.geotherm.testkit.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replacement of files: the location of drafts, and properties of the old file that are kept. */
@Timeout(300)
class AtomicFileTest {
    @TempDir
    Path scratch;

    private static void write(Path target, String content) throws IOException {
        try (AtomicFile file = AtomicFile.open(target)) {
            file.out().write(content.getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void assertNoDraftIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(AtomicFile::isDraft);
        }
    }

    @Test
    void close_withoutCommitKeepsTheOldContent() throws IOException {
        Path target = scratch.resolve("report.json");
        Files.writeString(target, "old");
        try (AtomicFile file = AtomicFile.open(target)) {
            file.out().write('x');
        }
        assertThat(target).hasContent("old");
        try (AtomicFile file = AtomicFile.open(target)) {
            file.out().write("new".getBytes());
            file.commit();
        }
        assertThat(target).hasContent("new");
        try (var files = Files.list(scratch)) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void commit_throughALinkReplacesTheFileAndKeepsTheLink() throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("data/deep"));
        Path real = Files.writeString(folder.resolve("state.json"), "old");
        Path inner = Files.createSymbolicLink(scratch.resolve("data/inner"), Path.of("deep/state.json"));
        Path outer = Files.createSymbolicLink(scratch.resolve("outer"), inner);
        write(outer, "new");
        assertThat(outer).isSymbolicLink();
        assertThat(inner).isSymbolicLink();
        assertThat(real).isRegularFile().hasContent("new");
        assertNoDraftIn(scratch);
        assertNoDraftIn(folder);
    }

    @Test
    void commit_throughADanglingLinkCreatesTheFile() throws IOException {
        Files.createDirectories(scratch.resolve("data"));
        Path link = Files.createSymbolicLink(scratch.resolve("link"), Path.of("data/state.json"));
        write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(scratch.resolve("data/state.json")).hasContent("new");
        assertNoDraftIn(scratch.resolve("data"));
    }

    @Test
    void open_ofLinksInACircleIsRefused() throws IOException {
        Path one = Files.createSymbolicLink(scratch.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(scratch.resolve("two"), Path.of("one"));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> write(one, "new"))
                .withMessageContainingAll("cannot write " + one, "links");
        assertThat(one).isSymbolicLink();
    }

    @Test
    void open_ofAFolderIsRefused() throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("folder"));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> AtomicFile.open(folder))
                .withMessageContaining("cannot write " + folder + ": it is a folder");
        assertNoDraftIn(scratch);
    }

    @Test
    void commit_toAPipeWritesIntoIt() throws Exception {
        Path pipe = scratch.resolve("pipe");
        assertThat(run("mkfifo", pipe.toString())).isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        write(Files.createSymbolicLink(scratch.resolve("link"), pipe), "new");
        assertThat(pipe)
                .satisfies(it -> assertThat(Files.readAttributes(it, "isOther", LinkOption.NOFOLLOW_LINKS))
                        .containsEntry("isOther", true));
        assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo("new");
        assertNoDraftIn(scratch);
    }

    @Test
    void commit_toAFullDeviceFailsAndKeepsIt() throws Exception {
        Path full = scratch.resolve("full");
        assumeThat(run("mknod", full.toString(), "c", "1", "7"))
                .as("exit code of mknod: only root may make devices")
                .isZero();
        assumeThat(run("sh", "-c", "! printf x > '" + full + "'"))
                .as("exit code of a write: devices do not work in every file system")
                .isZero();
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> write(full, "new"))
                .withMessageContaining("cannot write " + full + ": No space left on device");
        assertThat(Files.isRegularFile(full)).isFalse();
        assertNoDraftIn(scratch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rwxr-x--x", "r--r-----"})
    void commit_keepsThePermissions(String permissions) throws IOException {
        Path target = Files.writeString(scratch.resolve("state.json"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions));
        write(target, "new");
        assertThat(target).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo(permissions);
    }

    @Test
    void open_createsADraftWithThePermissionsOfTheFile() throws IOException {
        Path target = Files.writeString(scratch.resolve("state.json"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        try (AtomicFile file = AtomicFile.open(target);
                var files = Files.list(scratch)) {
            file.out().flush();
            assertThat(files.filter(AtomicFile::isDraft))
                    .singleElement()
                    .satisfies(draft -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void commit_ofANewFileGivesItTheDefaultPermissions() throws IOException {
        Path usual = Files.writeString(scratch.resolve("usual"), "");
        write(scratch.resolve("new"), "new");
        assertThat(Files.getPosixFilePermissions(scratch.resolve("new")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void commit_ofTwoWritersDoesNotMixTheirContents() throws IOException {
        Path target = scratch.resolve("state.json");
        try (AtomicFile first = AtomicFile.open(target);
                AtomicFile second = AtomicFile.open(target)) {
            first.out().write("first".getBytes(StandardCharsets.UTF_8));
            second.out().write("the second one".getBytes(StandardCharsets.UTF_8));
            first.commit();
            assertThat(target).hasContent("first");
            second.commit();
            assertThat(target).hasContent("the second one");
        }
        assertNoDraftIn(scratch);
    }

    @Test
    void open_acceptsTheLongestName() throws IOException {
        Path target = scratch.resolve("n".repeat(255));
        write(target, "new");
        assertThat(target).hasContent("new");
    }

    @Test
    void open_inAMissingFolderIsRefused() {
        Path target = scratch.resolve("missing/state.json");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> AtomicFile.open(target))
                .withMessage("cannot write " + target + ": there is no folder " + target.getParent());
    }

    @Test
    void open_usesNamesAgainInOneProcess() throws IOException {
        Set<Path> drafts = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            try (AtomicFile file = AtomicFile.open(scratch.resolve("state-" + i));
                    var files = Files.list(scratch)) {
                files.filter(AtomicFile::isDraft).forEach(drafts::add);
                file.commit();
            }
        }
        assertThat(drafts).hasSize(1);
    }

    @Test
    void close_twiceLeavesTheNextDraftOfThatNameAlone() throws IOException {
        AtomicFile first = AtomicFile.open(scratch.resolve("first"));
        first.close();
        try (AtomicFile second = AtomicFile.open(scratch.resolve("second"))) {
            first.close();
            second.out().write('x');
            second.commit();
        }
        assertThat(scratch.resolve("second")).hasContent("x");
    }

    @Test
    void open_withANamedDraftReplacesALeftoverAndDoesNotFollowALink() throws IOException {
        Path other = Files.writeString(scratch.resolve("other"), "theirs");
        Path draft = Files.createSymbolicLink(scratch.resolve("state.partial"), other);
        try (AtomicFile file = AtomicFile.open(scratch.resolve("state"), draft)) {
            file.out().write("new".getBytes(StandardCharsets.UTF_8));
            file.prepare();
            assertThat(draft).isRegularFile().hasContent("new");
            file.commit();
        }
        assertThat(scratch.resolve("state")).hasContent("new");
        assertThat(other).hasContent("theirs");
        assertThat(draft).doesNotExist();
    }

    @Test
    void prepare_leavesTheOldContentUntilReplace() throws IOException {
        Path target = Files.writeString(scratch.resolve("state"), "old");
        try (AtomicFile file = AtomicFile.open(target)) {
            file.out().write("new".getBytes(StandardCharsets.UTF_8));
            file.prepare();
            assertThat(target).hasContent("old");
            file.replace();
            assertThat(target).hasContent("new");
            file.commit();
        }
        assertThat(target).hasContent("new");
        assertNoDraftIn(scratch);
    }

    @Test
    void commit_afterCloseIsRefused() throws IOException {
        AtomicFile file = AtomicFile.open(scratch.resolve("state"));
        file.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(file::commit)
                .withMessageContaining("state is closed");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void write_onAFullDiskKeepsTheOldContent() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(scratch.resolve("disk"), 64)) {
            Path target = Files.writeString(disk.folder().resolve("state"), "old");
            Path ballast = disk.fill("ballast");
            assertThatExceptionOfType(StorageException.class)
                    .isThrownBy(() -> AtomicFile.write(target, new byte[10_000]))
                    .withMessage("cannot write " + target + ": No space left on device");
            assertThat(target).hasContent("old");
            assertNoDraftIn(disk.folder());
            Files.delete(ballast);
            AtomicFile.write(target, new byte[10_000]);
            assertThat(target).hasSize(10_000);
        }
    }

    /** Exits, as on a signal, while it writes. */
    static final class Exiting {
        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            AtomicFile.open(folder.resolve("state.json")).out().flush();
            System.exit((int) Files.list(folder).filter(AtomicFile::isDraft).count());
        }
    }

    @Test
    void exit_deletesTheDraft() throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("empty"));
        try (Child child = Child.start(Exiting.class, folder)) {
            assertThat(child.await()).as("drafts at its end").isEqualTo(1);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Exits while another process uses the draft of the same name. */
    static final class TakenOver {
        public static void main(String[] arguments) throws IOException {
            Path draft = Path.of(arguments[0], "draft");
            AtomicFile file = AtomicFile.open(Path.of(arguments[0], "state"), draft);
            file.commit();
            Files.writeString(draft, "theirs");
            System.exit(3);
        }
    }

    @Test
    void exit_keepsADraftThatTheCallerHasNamed() throws Exception {
        try (Child child = Child.start(TakenOver.class, scratch)) {
            assertThat(child.await()).isEqualTo(3);
        }
        assertThat(scratch.resolve("draft")).hasContent("theirs");
    }
}
