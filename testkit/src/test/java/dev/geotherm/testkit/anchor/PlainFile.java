package dev.geotherm.testkit.anchor;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** The one file of a durable {@link PlainIndex}, replaced by each commit: a checksum, the marker and the passages. */
final class PlainFile {
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();
    private static final String NAME = "passages";
    private static final String MADE = "passages.made";

    private final Path folder;
    private final IndexFault fault;

    PlainFile(Path folder, IndexFault fault) {
        this.folder = folder;
        this.fault = fault;
        try {
            Files.createDirectories(folder);
            if (!IN_USE.add(folder) && fault != IndexFault.FOLDERS_ARE_SHARED) {
                throw new GeothermException("the folder " + folder + " is in use");
            }
            boolean foreign;
            try (var files = Files.list(folder)) {
                foreign = files.anyMatch(file -> !file.getFileName().toString().startsWith(NAME));
            }
            if (foreign && fault != IndexFault.FOREIGN_FILES_ARE_IGNORED) {
                IN_USE.remove(folder);
                throw new GeothermException(folder + " has other files, such as diary.txt");
            }
        } catch (IOException failed) {
            throw new GeothermException("cannot open " + folder, failed);
        }
    }

    void release() {
        IN_USE.remove(folder);
    }

    /** The state of the last commit; a marker of null is none. */
    record State(String marker, int dimension, TreeMap<String, Passage> passages) {}

    void write(State state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            text(out, state.marker());
            out.writeInt(state.dimension());
            out.writeInt(state.passages().size());
            for (Passage each : state.passages().values()) {
                passage(out, each);
            }
            CRC32 sum = new CRC32();
            sum.update(bytes.toByteArray());
            Path draft = folder.resolve(NAME + ".draft");
            ByteBuffer all = ByteBuffer.allocate(8 + bytes.size());
            Files.write(
                    draft, all.putLong(sum.getValue()).put(bytes.toByteArray()).array());
            Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
            if (Files.notExists(folder.resolve(MADE))) {
                Files.createFile(folder.resolve(MADE));
            }
        } catch (IOException failed) {
            throw new GeothermException("cannot write " + folder, failed);
        }
    }

    /** Returns the state of the last commit, or null if there is none. */
    State read() {
        Path file = folder.resolve(NAME);
        if (Files.notExists(file)) {
            if (Files.exists(folder.resolve(MADE)) && fault != IndexFault.DAMAGE_IS_IGNORED) {
                throw new GeothermException(file + " is missing");
            }
            return null;
        }
        try {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
            if (all.limit() < 8) {
                throw new GeothermException(file + " is cut");
            }
            long expected = all.getLong();
            byte[] bytes = new byte[all.remaining()];
            all.get(bytes);
            CRC32 sum = new CRC32();
            sum.update(bytes);
            if (sum.getValue() != expected && fault != IndexFault.DAMAGE_IS_IGNORED) {
                throw new GeothermException(file + " is damaged");
            }
            return state(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException | RuntimeException failed) {
            if (fault == IndexFault.DAMAGE_IS_IGNORED) {
                return null;
            }
            throw new GeothermException("cannot read " + file + ": " + failed.getMessage(), failed);
        }
    }

    private static State state(DataInputStream in) throws IOException {
        String marker = text(in);
        int dimension = in.readInt();
        TreeMap<String, Passage> passages = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            Passage passage = passage(in);
            passages.put(passage.id(), passage);
        }
        return new State(marker, dimension, passages);
    }

    private static void passage(DataOutputStream out, Passage passage) throws IOException {
        for (String each : new String[] {
            passage.id(),
            passage.document(),
            passage.title(),
            passage.text(),
            passage.source(),
            passage.hash(),
            passage.timestamp().toString(),
            passage.ingested().toString(),
            passage.anchor() == null ? null : passage.anchor().value()
        }) {
            text(out, each);
        }
        out.writeInt(passage.start());
        out.writeInt(passage.end());
        float[] embedding = passage.embedding();
        out.writeInt(embedding == null ? -1 : embedding.length);
        for (int i = 0; embedding != null && i < embedding.length; i++) {
            out.writeFloat(embedding[i]);
        }
    }

    private static Passage passage(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            texts.add(text(in));
        }
        int start = in.readInt();
        int end = in.readInt();
        int length = in.readInt();
        float[] embedding = length < 0 ? null : new float[length];
        for (int i = 0; i < length; i++) {
            embedding[i] = in.readFloat();
        }
        return new Passage(
                texts.get(0),
                texts.get(1),
                texts.get(2),
                texts.get(3),
                start,
                end,
                Instant.parse(texts.get(6)),
                texts.get(8) == null ? null : new AnchorId(texts.get(8)),
                embedding,
                texts.get(4),
                texts.get(5),
                Instant.parse(texts.get(7)));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
