package dev.geotherm.anchors.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.geotherm.api.Secret;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A maker of keyed pseudonyms: the first 64 bits of an HMAC-SHA-256 of kind and item, as letters only, so that no rule takes one
 * for a number. Whoever has the key can find out whether a pseudonym is that of a known item; without it, nobody can.
 *
 * <p>Safe for use by many threads.
 */
final class Pseudonyms {
    /** Characters of the shortest key: a shorter one could be found by trying. */
    static final int SHORTEST_KEY = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 8;

    private final SecretKeySpec key;

    Pseudonyms(Secret key) {
        this.key = new SecretKeySpec(key.reveal().getBytes(UTF_8), ALGORITHM);
    }

    /** Returns the pseudonym of an item; the same for the same kind, item and key. */
    String of(String kind, String item) {
        byte[] hash = mac().doFinal((kind + '\0' + item).getBytes(UTF_8));
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < BYTES; i++) {
            letters.append((char) ('a' + (hash[i] >> 4 & 0xf))).append((char) ('a' + (hash[i] & 0xf)));
        }
        return letters.toString();
    }

    /** Returns a text that is different for another key, and tells nothing about this one. */
    String fingerprint() {
        return of("", "");
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) { // every JDK has it
            throw new IllegalStateException(impossible);
        }
    }
}
