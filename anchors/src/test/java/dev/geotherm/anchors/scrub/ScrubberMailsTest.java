package dev.geotherm.anchors.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.ScrubbedText.Replacement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The scrubber on real mails, the folder {@code geotherm.mails}. What is personal is known without the scrubber: the addresses
 * in angle brackets of the header fields that name people, and those in square brackets of the fields that name hosts.
 */
@Tag("full")
@EnabledIfSystemProperty(named = "geotherm.mails", matches = ".+")
final class ScrubberMailsTest {
    private static final Pattern PEOPLE =
            Pattern.compile("(?im)^(?:From|To|Cc|Reply-To|Sender|Return-Path):(?:.*\\r?\\n(?=[ \\t]))*.*$");
    private static final Pattern HOSTS = Pattern.compile("(?im)^Received:(?:.*\\r?\\n(?=[ \\t]))*.*$");
    private static final Pattern MAILBOX = Pattern.compile("<([^<>@\\s]+@[^<>@\\s]+\\.[^<>@\\s.]*[a-zA-Z])>");
    private static final Pattern HOST = Pattern.compile("\\[(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})]");

    private final PersonalDataScrubber scrubber = new PersonalDataScrubber();

    @Test
    void scrub_findsTheAddressesOfPeopleWhereverTheyOccur() throws IOException {
        Recall recall = recall(PEOPLE, MAILBOX);
        assertThat(recall.share()).as("%s", recall).isGreaterThanOrEqualTo(.995);
    }

    @Test
    void scrub_findsTheAddressesOfHostsWhereverTheyOccur() throws IOException {
        Recall recall = recall(HOSTS, HOST);
        assertThat(recall.share()).as("%s", recall).isEqualTo(1);
    }

    private record Recall(int found, int occurrences, Map<String, String> missed) {
        private double share() {
            return (double) found / occurrences;
        }
    }

    private Recall recall(Pattern field, Pattern item) throws IOException {
        int occurrences = 0;
        int found = 0;
        Map<String, String> missed = new TreeMap<>();
        for (String mail : mails()) {
            List<Replacement> replacements = scrubber.scrub(mail).replacements();
            for (String personal : items(mail, field, item)) {
                for (int at = mail.indexOf(personal); at >= 0; at = mail.indexOf(personal, at + 1)) {
                    int end = at + personal.length();
                    if (isWhole(mail, at, end)) {
                        occurrences++;
                        if (isCovered(replacements, at, end)) {
                            found++;
                        } else {
                            missed.put(
                                    personal, mail.substring(Math.max(0, at - 20), Math.min(mail.length(), end + 20)));
                        }
                    }
                }
            }
        }
        assertThat(occurrences).isPositive();
        return new Recall(found, occurrences, missed);
    }

    private static Set<String> items(String mail, Pattern field, Pattern item) {
        Set<String> items = new HashSet<>();
        String header = mail.substring(0, Math.max(0, mail.indexOf("\n\n")));
        for (Matcher fields = field.matcher(header); fields.find(); ) {
            for (Matcher each = item.matcher(fields.group()); each.find(); ) {
                items.add(each.group(1));
            }
        }
        return items;
    }

    private static boolean isWhole(String mail, int start, int end) {
        return (start == 0 || " \t\n\r<>[]()\",;:".indexOf(mail.charAt(start - 1)) >= 0)
                && (end == mail.length() || " \t\n\r<>[]()\",;:".indexOf(mail.charAt(end)) >= 0);
    }

    private static boolean isCovered(List<Replacement> replacements, int start, int end) {
        return replacements.stream().anyMatch(each -> each.originalStart() <= start && each.originalEnd() >= end);
    }

    private static List<String> mails() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("geotherm.mails")))) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(ScrubberMailsTest::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
