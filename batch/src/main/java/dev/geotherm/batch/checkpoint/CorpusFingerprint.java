package dev.geotherm.batch.checkpoint;

import dev.geotherm.api.batch.EvaluationItem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 hash of the ids and inputs of a corpus, in corpus order. */
final class CorpusFingerprint {
    private final MessageDigest digest;
    private final byte[] buffer = new byte[8192];

    private CorpusFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK provides SHA-256", e);
        }
    }

    static String of(List<? extends EvaluationItem<?>> items) {
        CorpusFingerprint fingerprint = new CorpusFingerprint();
        for (EvaluationItem<?> item : items) {
            fingerprint.add(item.id());
            fingerprint.add(item.input().toString());
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    /** Adds the length and the chars. In UTF-8, different unpaired surrogates would become equal. */
    private void add(String text) {
        int length = text.length();
        int at = 0;
        buffer[at++] = (byte) (length >> 24);
        buffer[at++] = (byte) (length >> 16);
        buffer[at++] = (byte) (length >> 8);
        buffer[at++] = (byte) length;
        for (int i = 0; i < length; i++) {
            if (at + 2 > buffer.length) {
                digest.update(buffer, 0, at);
                at = 0;
            }
            char c = text.charAt(i);
            buffer[at++] = (byte) (c >> 8);
            buffer[at++] = (byte) c;
        }
        digest.update(buffer, 0, at);
    }
}
