package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.geotherm.diff.json.JsonLimits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The problem of a JSON text in the words of its reader: what is there, and what to do. */
final class JsonProblem {
    private static final Pattern NOT_A_NUMBER = Pattern.compile("token '([-+]?(?:NaN|INF|Infinity))'");
    private static final Pattern PLACE = Pattern.compile("\\s*(\\(start marker at \\[.*?\\]\\)|at \\[Source.*?\\])");

    /** What a parser says about its own settings. */
    private static final Pattern SETTINGS = Pattern.compile(
            "[:;,]?\\s*(enable `[^`]*` to allow|\\(not recognized as one since Feature '[^']*' not enabled for parser\\))");

    private JsonProblem() {}

    static String of(JsonProcessingException malformed) {
        String message = PLACE.matcher(malformed.getOriginalMessage()).replaceAll("");
        Matcher number = NOT_A_NUMBER.matcher(message);
        if (number.find()) {
            return "JSON has no number " + number.group(1) + "; put null or a text there";
        } else if (message.contains("comment?")) {
            return "JSON has no comments; remove them";
        } else if (message.contains("plus sign")) {
            return "a number in JSON begins with a digit or a minus sign; remove the plus sign";
        } else if (message.contains("eading zero")) {
            return "a number in JSON has no leading zeros; remove them, or put a text there";
        } else if (message.contains("Illegal unquoted character")) {
            return "a control character inside a text must be escaped, such as \\n or \\t";
        } else if (message.contains("NestingDepth")) {
            return "the document has more than " + JsonLimits.MAX_LEVELS + " levels";
        } else if (message.contains("NumberLength")) {
            return "a number has more than " + JsonLimits.MAX_DIGITS + " digits; put a text there";
        }
        return SETTINGS.matcher(message)
                .replaceAll("")
                .replaceAll("\\s*\\([^()]*`StreamReadConstraints[^`]*`\\)", "")
                .lines()
                .findFirst()
                .orElse("this is no JSON");
    }
}
