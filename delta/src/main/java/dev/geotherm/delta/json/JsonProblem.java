package dev.geotherm.delta.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A description of a JSON error for people who do not know the parser: what is wrong, and what to do. */
public final class JsonProblem {
    private static final int BYTE_ORDER_MARK = 0xfeff;

    /** A character in the parser's notation, with its code. */
    private static final Pattern CODE = Pattern.compile("\\(?(?:'(.)' ?)?\\(?(?:CTRL-CHAR, )?code (\\d+)[^)]*\\)\\)?");

    private static final Pattern NOT_A_NUMBER = Pattern.compile("token '([-+]?(?:NaN|INF|Infinity))'");

    /** Parts of a message that describe the parser: its source, its settings and its limits. */
    private static final Pattern INTERNALS = Pattern.compile("\\s*\\((?:start marker at|for) .*?\\)(?=$|[;:,. ])"
            + "|\\s*at \\[Source.*?\\]"
            + "|[:;,]?\\s*enable `[^`]*` to allow"
            + "|[:;,]?\\s*\\(not recognized as one since Feature .*?\\)"
            + "|\\s*\\([^()]*`StreamReadConstraints[^`]*`\\)");

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.*)'", Pattern.DOTALL);

    private static final Pattern ESCAPE = Pattern.compile("Unrecognized character escape (.+?)(?: \\(code \\d+\\))?$");

    private static final Pattern EXPECTED =
            Pattern.compile(": (?:was expecting|expected a valid value) \\(?JSON String.*");

    private JsonProblem() {}

    /**
     * Returns the problem at the location that the parser reports, without the location.
     *
     * @param malformed the exception of the parser
     */
    public static String of(JsonProcessingException malformed) {
        String message = malformed.getOriginalMessage();
        Matcher number = NOT_A_NUMBER.matcher(message);
        Matcher duplicate = DUPLICATE.matcher(message);
        Matcher escape = ESCAPE.matcher(message.lines().findFirst().orElse(""));
        Matcher code = CODE.matcher(message);
        int character = code.find() ? Integer.parseInt(code.group(2)) : -1;
        if (number.find()) {
            return "JSON has no number " + number.group(1) + "; put null or a text there";
        } else if (duplicate.find()) {
            return "member '" + duplicate.group(1) + "' occurs twice in one object";
        } else if (escape.find()) {
            return "JSON has no escape \\" + escape.group(1).replace("'", "") + " in texts; write \\\\ for a backslash";
        } else if (message.contains("surrogate pair") || message.contains("low surrogate")) {
            return "a name or text contains half of a surrogate pair";
        } else if (message.contains("comment?") || character == '#') {
            return "JSON has no comments; remove them";
        } else if (message.contains("plus sign")) {
            return "a number in JSON begins with a digit or a minus sign; remove the plus sign";
        } else if (message.contains("eading zero")) {
            return "a number in JSON has no leading zeros; remove them, or put a text there";
        } else if (character == BYTE_ORDER_MARK) {
            return "there is a byte order mark in the middle, probably because files were joined; remove it";
        } else if (message.contains("unquoted character")) {
            return String.format(Locale.ROOT, "the control character U+%04X must be escaped", character);
        } else if (message.contains("CTRL-CHAR")) {
            return String.format(
                    Locale.ROOT, "the control character U+%04X is outside of a text; remove it", character);
        } else if (message.contains("end-of-input")) {
            return "the JSON ends before it is complete";
        } else if (character == '\'') {
            return "JSON has double quotes around names and texts, not single ones";
        }
        String shown = CODE.matcher(message).replaceAll(JsonProblem::character);
        shown = EXPECTED.matcher(shown).replaceAll("; a value was expected");
        return INTERNALS
                .matcher(shown)
                .replaceAll("")
                .replace(": was expecting comma to separate Object entries", "; a comma or '}' was expected")
                .replace(": was expecting comma to separate Array entries", "; a comma or ']' was expected")
                .replace(": was expecting a colon to separate field name and value", "; a colon was expected")
                .replace(": was expecting double-quote to start field name", "; a name in double quotes was expected")
                .lines()
                .findFirst()
                .orElse("this is not JSON");
    }

    private static String character(MatchResult code) {
        String shown = code.group(1);
        return Matcher.quoteReplacement(
                shown == null
                        ? String.format(Locale.ROOT, "U+%04X", Integer.parseInt(code.group(2)))
                        : "'" + shown + "'");
    }
}
