package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Links of the Markdown pages lead to a file, and to a heading of it. */
class LinksIT {
    private static final Path ROOT = ProjectFiles.ROOT;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);

    @Test
    void linksOfEveryPageLeadSomewhere() throws IOException {
        List<Path> pages = ProjectFiles.endingWith(".md");
        assertThat(pages).hasSizeGreaterThan(30);
        List<String> dead = new ArrayList<>();
        for (Path page : pages) {
            // A page of the distribution's folder; LICENSE and CHANGELOG come from the root.
            boolean ofDistribution = page.startsWith(ROOT.resolve("distribution/src/main/dist"));
            Matcher link = LINK.matcher(Files.readString(page).replaceAll("(?s)```.*?```", ""));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://") && !target.startsWith("mailto:")) {
                    boolean alive =
                            leads(page, page.getParent(), target) || (ofDistribution && leads(page, ROOT, target));
                    if (!alive) {
                        dead.add(ROOT.relativize(page) + ": " + target);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static boolean leads(Path page, Path folder, String target) throws IOException {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path to = file.isEmpty() ? page : folder.resolve(file);
        if (!Files.exists(to)) {
            return false;
        }
        return hash < 0 || anchors(to).contains(target.substring(hash + 1));
    }

    /** Returns the anchors that headings get: lower case, spaces as hyphens, without punctuation. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
