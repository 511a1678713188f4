package dev.geotherm.engine.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reasons for which a line is not a JSON object, in words for people who do not know the parser. */
final class JsonProblem {
    private static final Pattern CODE = Pattern.compile("\\(?(?:'(.)' ?)?\\(?(?:CTRL-CHAR, )?code (\\d+)[^)]*\\)\\)?");
    private static final Pattern RETURNS = Pattern.compile("\\}\\s*\\r\\s*\\{");
    private static final int BYTE_ORDER_MARK = 0xfeff;

    /** What the parser says about itself. */
    private static final Pattern INTERNALS = Pattern.compile(
            "\\s*\\((?:start marker at|for) .*?\\)(?=$|[;:,. ])|\\s*\\(not recognized as one since Feature .*?\\)"
                    + "|: (?:was expecting|expected a valid value) \\(?JSON String.*");

    private JsonProblem() {}

    /** Returns what is wrong at the place that the parser reports. */
    static String of(JsonProcessingException invalid, String line) {
        String message = invalid.getOriginalMessage();
        Matcher code = CODE.matcher(message);
        int character = code.find() ? Integer.parseInt(code.group(2)) : -1;
        if (isSeparatedByReturns(line)) {
            return moreFollows(line);
        } else if (message.contains("comment") || character == '#') {
            return "it contains a comment, which JSON does not have";
        } else if (character == BYTE_ORDER_MARK) {
            return "it contains a byte order mark, which belongs at the beginning of a file; files that are joined keep theirs";
        } else if (message.contains("unquoted character") || message.contains("CTRL-CHAR")) {
            return String.format(
                    "it contains the control character U+%04X, which must be escaped in a string", character);
        } else if (message.contains("end-of-input")) {
            return "it ends in the middle";
        }
        String shown = CODE.matcher(message)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) == null
                                ? String.format("U+%04X", Integer.parseInt(match.group(2)))
                                : "'" + match.group(1) + "'"));
        return INTERNALS
                .matcher(shown)
                .replaceAll(match -> match.group().contains("JSON String") ? "; a value was expected" : "");
    }

    /** Returns what follows an object in the same line. */
    static String moreFollows(String line) {
        return isSeparatedByReturns(line)
                ? "its lines end with carriage returns only; convert the file, for example with: tr '\\r' '\\n'"
                : "more follows the object; one object per line was expected";
    }

    private static boolean isSeparatedByReturns(String line) {
        return RETURNS.matcher(line).find();
    }
}
