package dev.geotherm.engine.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A 128-bit hash of texts: the first half of their SHA-256 hash. Collisions are infeasible to construct.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Hash128(long high, long low) {

    /** The hash of no text, used for a document with an incomplete ingestion. */
    public static final Hash128 NONE = new Hash128(0, 0);

    /** The number of bytes of a hash. */
    static final int BYTES = 2 * Long.BYTES;

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Hash128::sha256);

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Returns the hash of a sequence of texts, which depends on the boundaries between them. */
    public static Hash128 of(String... texts) {
        MessageDigest digest = DIGEST.get();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int shift = 24; shift >= 0; shift -= 8) {
                digest.update((byte) (bytes.length >>> shift));
            }
            digest.update(bytes);
        }
        return read(ByteBuffer.wrap(digest.digest()));
    }

    /** Returns the hash in hexadecimal digits. */
    public String hex() {
        HexFormat digits = HexFormat.of();
        return digits.toHexDigits(high) + digits.toHexDigits(low);
    }

    /**
     * Parses hexadecimal digits in the form of {@link #hex}.
     *
     * @throws IllegalArgumentException if the text does not consist of 32 hexadecimal digits
     */
    public static Hash128 parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a hash has " + 2 * BYTES + " hexadecimal digits, was '" + hex + "'");
        }
        return read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    void write(ByteBuffer target) {
        target.putLong(high).putLong(low);
    }

    static Hash128 read(ByteBuffer source) {
        return new Hash128(source.getLong(), source.getLong());
    }
}
