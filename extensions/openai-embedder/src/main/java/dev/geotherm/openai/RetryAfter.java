package dev.geotherm.openai;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): a number of seconds, or a date. */
final class RetryAfter {
    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Returns the earliest time of the next request, or null if the value is neither seconds nor a date. */
    static @Nullable Instant parse(String value, Instant now) {
        String text = value.strip();
        if (text.matches("\\d{1," + MOST_DIGITS + "}")) {
            return now.plusSeconds(Long.parseLong(text));
        }
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException neither) {
            return null;
        }
    }
}
