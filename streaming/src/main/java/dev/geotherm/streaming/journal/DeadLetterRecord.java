package dev.geotherm.streaming.journal;

import dev.geotherm.api.streaming.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The format of dead letters on disk: attempts (4 bytes), seconds (8) and nanoseconds (4), the error as text, and the fragment.
 */
public final class DeadLetterRecord {
    private DeadLetterRecord() {}

    public static <T> byte[] encode(DeadLetter<T> letter, FragmentFormat<T> format) {
        boolean recorded = letter.error() instanceof RecordedError;
        String text = recorded
                ? String.valueOf(letter.error().getMessage())
                : letter.error().toString();
        byte[] error = text.getBytes(StandardCharsets.UTF_8);
        byte[] fragment = format.encode(letter.fragment());
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * 3 + Long.BYTES + error.length + fragment.length);
        bytes.putInt(letter.attempts());
        FragmentFormat.put(letter.at(), bytes);
        return bytes.putInt(error.length).put(error).put(fragment).array();
    }

    public static <T> DeadLetter<T> decode(byte[] record, FragmentFormat<T> format) {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        int attempts = bytes.getInt();
        Instant at = FragmentFormat.instant(bytes);
        RecordedError error = new RecordedError(FragmentFormat.text(bytes));
        return new DeadLetter<>(format.decode(bytes), attempts, error, at);
    }

    /** An error restored from its text; its message contains the type of the original error. */
    private static final class RecordedError extends Exception {
        private static final long serialVersionUID = 1L;

        RecordedError(String text) {
            super(text, null, false, false);
        }
    }
}
