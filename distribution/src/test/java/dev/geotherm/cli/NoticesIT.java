package dev.geotherm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The licences and notices of the distribution name the libraries in it, and no others. */
class NoticesIT {
    private static final Path HOME = Path.of(System.getProperty("geotherm.distribution"));
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);

    @Test
    void notices_nameEveryLibrary() throws IOException {
        Set<String> libraries;
        try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
            libraries = jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> !name.startsWith("geotherm-"))
                    .map(name -> name.replaceFirst("-[0-9].*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> named = ROW.matcher(Files.readString(HOME.resolve("THIRD-PARTY.md")))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(libraries).hasSizeGreaterThan(20);
    }

    @Test
    void notice_containsThatOfEveryLibrary() throws IOException {
        String notice = Files.readString(HOME.resolve("NOTICE"));
        assertThat(notice).startsWith("Geotherm\n");
        int found = 0;
        try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
            for (Path jar : jars.sorted().toList()) {
                try (JarFile opened = new JarFile(jar.toFile())) {
                    for (JarEntry entry : Collections.list(opened.entries())) {
                        if (entry.getName().matches("META-INF/NOTICE[^/]*")) {
                            String text =
                                    new String(opened.getInputStream(entry).readAllBytes(), UTF_8);
                            assertThat(notice)
                                    .as("%s of %s", entry, jar)
                                    .contains(text.replace("\r\n", "\n").strip());
                            found++;
                        }
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(5);
        assertThat(notice).contains("======== jackson-annotations, jackson-databind");
    }
}
