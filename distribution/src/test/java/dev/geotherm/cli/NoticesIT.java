package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The notices of the distribution name the libraries in it, and no others. */
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
}
