package dev.geotherm.storage.log;

import java.nio.charset.StandardCharsets;

/**
 * What a log contains, written into each of its files and compared when it is opened.
 *
 * @param magic eight printable ASCII characters, at the start of each file: {@code GEOBATCH}
 * @param version of the format of the payloads
 * @param fingerprint identifies what the log belongs to, such as a hash of the input or a few fields as JSON; at most 32
 *     KiB in UTF-8, may be empty
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
