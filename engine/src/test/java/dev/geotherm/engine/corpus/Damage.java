package dev.geotherm.engine.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Random damage of files, for tests. */
final class Damage {
    private Damage() {}

    /** Returns the bytes with some of them missing, repeated, changed, moved or recoded; now and then as they are. */
    static byte[] of(Random random, byte[] whole) {
        int at = random.nextInt(whole.length);
        int to = at + 1 + random.nextInt(whole.length - at);
        byte[] head = Arrays.copyOf(whole, at);
        byte[] part = Arrays.copyOfRange(whole, at, to);
        byte[] tail = Arrays.copyOfRange(whole, to, whole.length);
        return switch (random.nextInt(9)) {
            case 0 -> whole;
            case 1 -> head;
            case 2 -> join(head, tail);
            case 3 -> join(head, part, part, tail);
            case 4 -> join(head, new byte[part.length], tail);
            case 5 ->
                join(
                        head,
                        new byte[] {(byte) (part[0] ^ 1 << random.nextInt(8))},
                        Arrays.copyOfRange(part, 1, part.length),
                        tail);
            case 6 -> join(head, "\n".getBytes(UTF_8), part, tail);
            case 7 -> new String(whole, UTF_8).getBytes(ISO_8859_1);
            default -> join(tail, head, part);
        };
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
