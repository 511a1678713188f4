package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The folder of a release, {@code -Dgeotherm.release=FOLDER}: it contains what Maven Central requires of each artifact. */
@EnabledIfSystemProperty(named = "geotherm.release", matches = ".+")
class ReleaseFolderIT {
    private static final Path FOLDER = Path.of(System.getProperty("geotherm.release", ""));
    private static final List<String> OF_A_JAR =
            List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json", "-cyclonedx.xml");

    private static List<Path> files(String end) throws Exception {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static List<Path> published() throws Exception {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(md5|sha1|sha256|sha512|asc)"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyJarHasSourcesJavadocAndSbom() throws Exception {
        List<Path> poms = files(".pom");
        assertThat(poms).hasSizeGreaterThanOrEqualTo(20);
        for (Path pom : poms) {
            String base = pom.toString().replaceFirst("\\.pom$", "");
            if (!Files.readString(pom).contains("<packaging>pom</packaging>")) {
                assertThat(OF_A_JAR)
                        .as(base)
                        .allMatch(each -> Files.exists(Path.of(base + each))
                                && Path.of(base + each).toFile().length() > 0);
            }
            assertThat(Files.readString(pom)).as(base).doesNotContain("${revision}");
        }
    }

    @Test
    void everyFileHasItsChecksums() throws Exception {
        for (Path file : published()) {
            for (String algorithm : List.of("MD5", "SHA-1")) {
                Path stated = Path.of(file + "." + algorithm.replace("-", "").toLowerCase(Locale.ROOT));
                byte[] digest = MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file));
                assertThat(stated).hasContent(HexFormat.of().formatHex(digest));
            }
        }
    }

    @Test
    void signaturesAreCompleteOrNone() throws Exception {
        boolean signed = !files(".asc").isEmpty();
        for (Path file : published()) {
            boolean metadata = file.getFileName().toString().startsWith("maven-metadata");
            assertThat(Files.exists(Path.of(file + ".asc"))).as("%s.asc", file).isEqualTo(signed && !metadata);
        }
    }

    @Test
    void whatIsForThisProjectOnlyIsNotPublished() throws Exception {
        Set<String> artifacts = files(".pom").stream()
                .map(pom -> pom.getParent().getParent().getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(artifacts)
                .contains(
                        "geotherm-parent", "geotherm-bom", "geotherm-api", "geotherm-platform", "geotherm-distribution")
                .noneMatch(each -> each.matches(".*(benchmark|consumer|example).*"));
    }
}
