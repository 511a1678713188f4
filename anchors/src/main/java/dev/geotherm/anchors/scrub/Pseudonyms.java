package dev.geotherm.anchors.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.geotherm.api.Secret;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A thread-safe maker of keyed pseudonyms: the first 64 bits of an HMAC-SHA-256 of kind and item, written in letters, which
 * no rule mistakes for a number. Only with the key can one test whether a pseudonym belongs to a known item.
 */
final class Pseudonyms {
    /** The minimum length of the key in characters; a shorter key could be found by brute force. */
    static final int SHORTEST_KEY = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final SecretKeySpec key;

    Pseudonyms(Secret key) {
        this.key = new SecretKeySpec(key.reveal().getBytes(UTF_8), ALGORITHM);
    }

    /** Returns the pseudonym of an item, which depends only on kind, item and key. */
    String of(String kind, String item) {
        byte[] hash = mac().doFinal((kind + '\0' + item).getBytes(UTF_8));
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < BYTES; i++) {
            letters.append((char) ('a' + (hash[i] >> 4 & 0xf))).append((char) ('a' + (hash[i] & 0xf)));
        }
        return letters.toString();
    }

    /** Returns a text that identifies the key without revealing anything about it. */
    String fingerprint() {
        return of("", "");
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) { // every JDK provides HmacSHA256
            throw new IllegalStateException(impossible);
        }
    }
}
