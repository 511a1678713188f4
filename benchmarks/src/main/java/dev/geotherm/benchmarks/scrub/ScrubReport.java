package dev.geotherm.benchmarks.scrub;

import dev.geotherm.anchors.scrub.PersonalDataScrubber;
import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.ScrubbedText.Replacement;
import dev.geotherm.engine.corpus.Corpus;
import dev.geotherm.engine.corpus.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A report on what the scrubber finds in real texts. Arguments: the folder of the mails that {@code benchmarks/data/fetch.sh}
 * downloads, then corpora as {@code geotherm run} takes them. {@code -Ditems=true} prints each item with its surroundings.
 */
public final class ScrubReport {
    private static final String AROUND = " \t\n\r<>[]()\",;:";

    private ScrubReport() {}

    /** What is personal in header fields with certain names. */
    private record PersonalField(String what, Pattern field, Pattern item) {
        private static final PersonalField PEOPLE = of(
                "addresses of people",
                "From|To|Cc|Reply-To|Sender|Return-Path",
                "<([^<>@\\s]+@[^<>@\\s]+\\.[^<>@\\s.]*[a-zA-Z])>");
        private static final PersonalField HOSTS =
                of("addresses of hosts", "Received", "\\[(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})]");

        private static PersonalField of(String what, String names, String item) {
            // A line that starts with a space continues the field.
            Pattern field = Pattern.compile("(?im)^(?:" + names + "):(?:.*\\r?\\n(?=[ \\t]))*.*$");
            return new PersonalField(what, field, Pattern.compile(item));
        }

        private Set<String> itemsOf(String mail) {
            Set<String> items = new LinkedHashSet<>();
            String header = mail.substring(0, Math.max(0, mail.indexOf("\n\n")));
            for (Matcher fields = field.matcher(header); fields.find(); ) {
                for (Matcher each = item.matcher(fields.group()); each.find(); ) {
                    items.add(each.group(1));
                }
            }
            return items;
        }
    }

    /** Prints the report. */
    public static void main(String[] arguments) throws IOException {
        List<String> mails = mails(Path.of(arguments[0]), "");
        recall(mails, PersonalField.PEOPLE);
        recall(mails, PersonalField.HOSTS);
        List<String> bodies = mails(Path.of(arguments[0]), "ham").stream()
                .map(mail -> mail.substring(Math.max(0, mail.indexOf("\n\n"))))
                .toList();
        items("bodies of mails that are not spam", bodies);
        for (int i = 1; i < arguments.length; i++) {
            try (Stream<Document> documents = Corpus.open(arguments[i]).documents()) {
                items(
                        arguments[i],
                        documents.map(each -> each.title() + "\n" + each.text()).toList());
            }
        }
    }

    private static List<String> mails(Path folder, String kind) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(file -> file.toString().endsWith(".txt"))
                    .filter(file -> folder.relativize(file).toString().contains(kind))
                    .sorted()
                    .toList();
        }
        List<String> mails = new ArrayList<>();
        for (Path file : files) {
            mails.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return mails;
    }

    /** What a header states is personal wherever it occurs in the mail. */
    private static void recall(List<String> mails, PersonalField field) {
        PersonalDataScrubber scrubber = new PersonalDataScrubber();
        int occurrences = 0;
        int found = 0;
        for (String mail : mails) {
            List<Replacement> replacements = scrubber.scrub(mail).replacements();
            for (String item : field.itemsOf(mail)) {
                for (int at = mail.indexOf(item); at >= 0; at = mail.indexOf(item, at + 1)) {
                    int start = at;
                    int end = at + item.length();
                    if (isBorder(mail, start - 1) && isBorder(mail, end)) {
                        occurrences++;
                        found += replacements.stream()
                                        .anyMatch(each -> each.originalStart() <= start && each.originalEnd() >= end)
                                ? 1
                                : 0;
                    }
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%,d mails, %s: %,d of %,d found, %.2f %%%n",
                mails.size(),
                field.what,
                found,
                occurrences,
                100.0 * found / occurrences);
    }

    private static boolean isBorder(String text, int index) {
        return index < 0 || index == text.length() || AROUND.indexOf(text.charAt(index)) >= 0;
    }

    private static void items(String name, List<String> texts) {
        PersonalDataScrubber scrubber = new PersonalDataScrubber();
        long characters = 0;
        for (String text : texts) {
            characters += text.length();
            ScrubbedText scrubbed = scrubber.scrub(text);
            if (Boolean.getBoolean("items")) {
                scrubbed.replacements().forEach(each -> System.out.println(line(scrubbed, text, each)));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %,d texts, %,d characters, found %s%n",
                name,
                texts.size(),
                characters,
                scrubber.counts());
    }

    private static String line(ScrubbedText scrubbed, String text, Replacement item) {
        int from = Math.max(0, item.originalStart() - 30);
        int to = Math.min(text.length(), item.originalEnd() + 30);
        String line = scrubbed.text().substring(item.start(), item.end()) + "\t"
                + text.substring(item.originalStart(), item.originalEnd()) + "\t" + text.substring(from, to);
        return line.replaceAll("\\R", " ");
    }
}
