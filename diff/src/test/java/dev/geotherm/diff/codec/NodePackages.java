package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Node packages, downloaded by {@code npm pack} from the configured registry and verified by SHA-256. */
final class NodePackages {
    private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();

    private NodePackages() {}

    /** Returns the folder of the package; skips the test if Node is missing or the package cannot be downloaded. */
    static Path fetch(String name, String version, String sha256) throws Exception {
        Path folder = FOLDER.resolve("node_modules").resolve(name);
        if (!Files.exists(folder)) {
            Files.createDirectories(FOLDER.resolve("node_modules"));
            Path scratch = Files.createTempDirectory(FOLDER, name);
            Outcome pack = run(scratch, "npm", "pack", "--silent", name + "@" + version);
            assumeTrue(
                    pack.exit() == 0, "npm does not bring " + name + ", so its part is not tested: " + pack.output());
            Path archive = scratch.resolve(pack.output().strip());
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
            assertThat(HexFormat.of().formatHex(sum))
                    .as("SHA-256 of %s", archive)
                    .isEqualTo(sha256);
            Outcome unpacked = run(scratch, "tar", "--extract", "--gzip", "--file", archive.toString());
            assertThat(unpacked.exit()).as(unpacked.output()).isZero();
            Files.move(scratch.resolve("package"), folder);
        }
        return folder;
    }

    /** The output of a program, and its exit code. */
    record Outcome(int exit, String output) {}

    /** Runs a program; skips the test if it is not installed. */
    static Outcome run(Path folder, String... command) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, "there is no " + command[0] + ", so what needs it is not tested");
            throw absent;
        }
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError(List.of(command) + " took more than two minutes");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
