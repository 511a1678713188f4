package dev.geotherm.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A model of one layer in ONNX format, written field by field (onnx.proto): the vector of a token is a row of a table. Its tokenizer
 * separates words; those that it does not know share one token.
 */
final class TinyModel {
    static final int DIMENSION = 16;
    private static final List<String> WORDS = List.of(
            "[UNK]",
            "the",
            "a",
            "shock",
            "wave",
            "stands",
            "in",
            "front",
            "of",
            "wing",
            "swept",
            "boundary",
            "layers",
            "on",
            "slender",
            "bodies",
            "revolution",
            "compilers",
            "translate",
            "programs",
            "one",
            "language",
            "into",
            "another");

    private TinyModel() {}

    /** Writes the files of the model into a folder. */
    static Path write(Path folder) throws IOException {
        return write(folder, "input_ids");
    }

    /** Writes a model whose only used input has the given name. */
    static Path write(Path folder, String input) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("model.onnx"), model(input));
        StringBuilder vocabulary = new StringBuilder();
        for (String word : WORDS) {
            vocabulary
                    .append(vocabulary.isEmpty() ? "" : ",")
                    .append('"')
                    .append(word)
                    .append("\":")
                    .append(WORDS.indexOf(word));
        }
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": {"type": "Lowercase"},
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {%s}}}
                """.formatted(vocabulary));
        return folder;
    }

    /** Returns the row of a word in the table. */
    static float[] row(String word) {
        Random random = new Random(WORDS.indexOf(word) + 100);
        float[] row = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            row[i] = (float) random.nextGaussian();
        }
        return row;
    }

    private static byte[] model(String input) {
        ByteBuffer rows =
                ByteBuffer.allocate(WORDS.size() * DIMENSION * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        WORDS.forEach(word -> {
            for (float number : row(word)) {
                rows.putFloat(number);
            }
        });
        byte[] table = message(
                number(1, WORDS.size()), number(1, DIMENSION), number(2, 1), bytes(8, "table"), bytes(9, rows.array()));
        byte[] node = message(bytes(1, "table"), bytes(1, input), bytes(2, "last_hidden_state"), bytes(4, "Gather"));
        byte[] graph = message(
                bytes(1, node),
                bytes(2, "tiny"),
                bytes(5, table),
                bytes(11, tensor(input, 7)),
                bytes(11, tensor("attention_mask", 7)),
                bytes(12, tensor("last_hidden_state", 1, DIMENSION)));
        return message(number(1, 8), bytes(7, graph), bytes(8, message(number(2, 13))));
    }

    private static byte[] tensor(String name, int type, int... lastSizes) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        shape.writeBytes(bytes(1, bytes(2, "texts")));
        shape.writeBytes(bytes(1, bytes(2, "tokens")));
        for (int size : lastSizes) {
            shape.writeBytes(bytes(1, number(1, size)));
        }
        byte[] tensor = message(number(1, type), bytes(2, shape.toByteArray()));
        return message(bytes(1, name), bytes(2, bytes(1, tensor)));
    }

    private static byte[] message(byte[]... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            out.writeBytes(field);
        }
        return out.toByteArray();
    }

    private static byte[] number(int field, long value) {
        return message(varint(field << 3), varint(value));
    }

    private static byte[] bytes(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int field, byte[] value) {
        return message(varint(field << 3 | 2), varint(value.length), value);
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            out.write((int) (rest & 0x7f | 0x80));
        }
        out.write((int) rest);
        return out.toByteArray();
    }
}
