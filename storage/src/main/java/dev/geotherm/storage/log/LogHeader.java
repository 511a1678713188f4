package dev.geotherm.storage.log;

import java.nio.charset.StandardCharsets;

/**
 * The description of a log's payloads. It is stored in each segment and compared when the log is opened.
 *
 * @param magic identifies the kind of log: eight printable ASCII characters, such as {@code GEOBATCH}; each segment file
 *     starts with them
 * @param version the version of the payloads' format
 * @param fingerprint identifies what the log belongs to, such as a hash of the input or some fields as JSON; may be empty,
 *     at most 32 KiB in UTF-8
 */
public record LogHeader(String magic, int version, String fingerprint) {
    static final int MAGIC_BYTES = 8;
    static final int MAX_FINGERPRINT_BYTES = 1 << 15;

    /** Checks the values. */
    public LogHeader {
        if (!magic.matches("[!-~]{8}")) {
            throw new IllegalArgumentException("magic must be 8 printable ASCII characters, was '" + magic + "'");
        }
        int bytes = fingerprint.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_FINGERPRINT_BYTES) {
            throw new IllegalArgumentException(
                    "fingerprint must be at most " + MAX_FINGERPRINT_BYTES + " bytes long, was " + bytes);
        }
    }
}
