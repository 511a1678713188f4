package dev.geotherm.streaming.journal;

import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Priority;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of fragments on disk: the priority and a bit for the deadline (1 byte), the deadline if there is one, the timestamp,
 * the id, the number of metadata entries (4), their keys and values, and the content to the end. A time is its seconds (8) and
 * nanoseconds (4); a text is its length (4) and its bytes in UTF-8.
 *
 * @param codec the codec of the contents
 */
public record FragmentFormat<T>(ContentCodec<T> codec) {
    private static final int TIME = Long.BYTES + Integer.BYTES;
    private static final int FIXED = 1 + TIME + Integer.BYTES;

    /** A bit beside the priority: the fragment has a deadline. */
    private static final int HAS_DEADLINE = 0x40;

    public byte[] encode(Fragment<T> fragment) {
        List<byte[]> texts = new ArrayList<>();
        texts.add(utf8(fragment.id()));
        fragment.metadata().forEach((key, value) -> {
            texts.add(utf8(key));
            texts.add(utf8(value));
        });
        byte[] content = codec.encode(fragment.content());
        Instant deadline = fragment.deadline();
        int size = FIXED + (deadline == null ? 0 : TIME) + content.length;
        for (byte[] text : texts) {
            size = Math.addExact(size, Integer.BYTES + text.length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        bytes.put((byte) (fragment.priority().level() | (deadline == null ? 0 : HAS_DEADLINE)));
        if (deadline != null) {
            put(deadline, bytes);
        }
        put(fragment.timestamp(), bytes);
        put(texts.get(0), bytes);
        bytes.putInt(fragment.metadata().size());
        for (byte[] text : texts.subList(1, texts.size())) {
            put(text, bytes);
        }
        return bytes.put(content).array();
    }

    /**
     * Decodes a fragment.
     *
     * @throws RuntimeException if the codec refuses its content
     */
    public Fragment<T> decode(ByteBuffer bytes) {
        int first = bytes.get();
        Priority priority = Priority.ofLevel(first & ~HAS_DEADLINE);
        Instant deadline = (first & HAS_DEADLINE) == 0 ? null : instant(bytes);
        Instant timestamp = instant(bytes);
        String id = text(bytes);
        Map<String, String> metadata = new HashMap<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            String key = text(bytes);
            metadata.put(key, text(bytes));
        }
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return new Fragment<>(id, codec.decode(content), priority, timestamp, metadata, deadline);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(byte[] text, ByteBuffer bytes) {
        bytes.putInt(text.length).put(text);
    }

    static void put(Instant time, ByteBuffer bytes) {
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        bytes.putLong(seconds).putInt(nanos);
    }

    static Instant instant(ByteBuffer bytes) {
        return Instant.ofEpochSecond(bytes.getLong(), bytes.getInt());
    }

    static String text(ByteBuffer bytes) {
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
