package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.codec.BinaryDeltaCodec;
import dev.geotherm.diff.codec.CompressionPolicy;
import dev.geotherm.diff.codec.DeltaDictionary;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.CRC32C;

/** Work for a differ without its optional libraries on the class path. */
public final class OptionalLibrariesWork {
    private OptionalLibrariesWork() {}

    /** Encodes and decodes under every policy. */
    public static final class Compress implements Callable<Boolean> {
        public Compress() {}

        @Override
        public Boolean call() {
            JsonNode before = JsonNodeFactory.instance.objectNode();
            JsonNode after = JsonNodeFactory.instance.objectNode().put("a", "abc".repeat(1_000));
            boolean small = true;
            for (CompressionPolicy policy : CompressionPolicy.values()) {
                try (TreeDiffer differ = new TreeDiffer(
                        TestSettings.with("compressionPolicy", policy.name()),
                        ComponentContext.standalone("without"))) {
                    StateDelta delta = differ.diff(before, after);
                    byte[] bytes = differ.codec().encode(delta);
                    small &= differ.codec().decode(bytes).equals(delta);
                    small &=
                            bytes.length < 200 || policy == CompressionPolicy.NONE || policy == CompressionPolicy.SPEED;
                }
            }
            return small;
        }
    }

    /** Decodes a frame that is marked as compressed by Zstandard. */
    public static final class Decompress implements Callable<StateDelta> {
        public Decompress() {}

        @Override
        public StateDelta call() {
            byte[] frame = {'G', 'T', 'D', 3, 3, 0, 0, 0, 0, 5, 1, 2, 3, 4};
            CRC32C crc = new CRC32C();
            crc.update(frame, 0, 5);
            crc.update(frame, 9, frame.length - 9);
            for (int i = 0; i < 4; i++) {
                frame[5 + i] = (byte) (crc.getValue() >>> (8 * (3 - i)));
            }
            return new BinaryDeltaCodec(CompressionPolicy.SIZE).decode(frame);
        }
    }

    /** Trains a dictionary. */
    public static final class Train implements Callable<DeltaDictionary> {
        public Train() {}

        @Override
        public DeltaDictionary call() {
            return DeltaDictionary.train(List.of());
        }
    }
}
