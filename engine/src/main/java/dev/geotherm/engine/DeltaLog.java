package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.storage.AtomicFile;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of deltas: one line per revision, {@code {"base", "revision", "at", "fingerprint", "patch"}}, with an RFC
 * 6902 JSON Patch. The first line leads from {@code {}} to the revision at which the log was opened, so the lines alone
 * reproduce the state.
 *
 * <p>Nothing is committed while the log cannot be written. If a delta cannot be written after its commit, for example
 * because the disk is full, it is kept and written before the next one, so the lines always lead to the state that is saved
 * with them.
 *
 * <p>Safe for use by several threads.
 */
final class DeltaLog implements Closeable {
    private final LineLog lines;
    private final DeltaCodec codec;
    private final Supplier<StateSnapshot> state;
    private boolean started;
    private @Nullable RevisionDelta unwritten; // committed
    private StateSnapshot last;
    private long revisions;
    private long changes;
    private long patchBytes;
    private long encodedBytes;
    private long stateBytes;
    private long fullStatesBytes;

    @Inject
    DeltaLog(KnowledgeFolder folder, AnchorStore anchors, StateDiffer differ) {
        this(folder.work().resolve("deltas"), () -> anchors.state().snapshot(), differ.codec());
    }

    /** Creates a log in a folder of its own, which is created with the first line. */
    DeltaLog(Path folder, Supplier<StateSnapshot> state, DeltaCodec codec) {
        this.lines = new LineLog(folder, "GEODELTA", "the deltas");
        this.codec = codec;
        this.state = state;
        last = state.get();
        stateBytes = bytes(last.toJson());
    }

    /**
     * Commits, and appends the delta, so that commits and lines are in the same order. A commit without changes adds no
     * line.
     *
     * @throws GeothermException if the log cannot be written
     */
    synchronized void append(Supplier<RevisionDelta> commit) {
        write();
        RevisionDelta next = commit.get();
        if (!next.delta().isEmpty()) {
            unwritten = next;
            write();
        }
    }

    /** Writes the line of the first revision and the delta that an earlier failure left, unless they are written. */
    private void write() {
        if (!started) {
            StateDelta start = new StateDelta(last.toJson().properties().stream()
                    .map(member -> Change.added(Pointer.of(member.getKey()), member.getValue()))
                    .toList());
            lines.append(line(
                    -1,
                    last.revision(),
                    last.at().toString(),
                    last.fingerprint().toString(),
                    start.toJsonPatch()));
            started = true;
        }
        RevisionDelta next = unwritten;
        if (next != null) {
            write(next);
            unwritten = null;
        }
    }

    private void write(RevisionDelta next) {
        StateSnapshot after = state.get();
        // A patch replaces texts as a whole, so only a splice needs the state before it.
        StateDelta delta = next.delta().changes().stream().anyMatch(change -> change.splice() != null)
                ? next.delta().withWholeTexts(last.toJson())
                : next.delta();
        byte[] line = line(
                next.base(),
                next.revision(),
                next.at().toString(),
                next.fingerprint().toString(),
                delta.toJsonPatch());
        int encoded = codec.encode(next.delta()).length;
        lines.append(line);
        last = after;
        revisions++;
        changes += delta.changes().size();
        patchBytes += line.length + 1; // with its line break
        encodedBytes += encoded;
        if (delta.changes().stream().allMatch(DeltaLog::growthIsKnown)) {
            delta.changes().forEach(change -> stateBytes += growth(change));
        } else {
            stateBytes = bytes(last.toJson());
        }
        fullStatesBytes += stateBytes;
    }

    /** Returns whether the old value is known; a differ can be configured not to record it. */
    private static boolean growthIsKnown(Change change) {
        return change.before() != null || change.kind() == ChangeKind.ADDED || change.kind() == ChangeKind.MOVED;
    }

    /**
     * Returns by how much the text of the state grows. Exact except for the comma of a first or last member or element,
     * and for members with numeric names, which are counted as elements.
     */
    private static long growth(Change change) {
        Pointer path = change.path();
        long place = path.index() >= 0 ? 1 : path.token().getBytes(StandardCharsets.UTF_8).length + 4L; // "…":,
        return bytes(change.after())
                - bytes(change.before())
                + (change.kind() == ChangeKind.ADDED ? place : 0)
                - (change.kind() == ChangeKind.REMOVED ? place : 0);
    }

    private static long bytes(@Nullable JsonNode node) {
        return node == null ? 0 : node.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private static byte[] line(long base, long revision, String at, String fingerprint, JsonNode patch) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("base", base).put("revision", revision).put("at", at).put("fingerprint", fingerprint);
        line.set("patch", patch);
        try {
            return Json.MAPPER.writeValueAsBytes(line);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Writes the delta that an earlier failure left, and forgets the failure.
     *
     * @throws GeothermException if it still cannot be written
     */
    synchronized void recover() {
        write();
        lines.clearFailure();
    }

    /** Throws the last failure to write a delta, if there was one since {@link #recover}. */
    void throwIfFailed() {
        lines.throwIfFailed();
    }

    /** Forces the deltas to disk. */
    synchronized void force() {
        lines.force();
    }

    /**
     * Writes the lines to a file, and the state that they lead to, to another.
     *
     * @return the totals at that state
     * @throws GeothermException if a delta that an earlier failure left still cannot be written
     */
    synchronized DeltaTotals save(Path deltas, Path stateFile) throws IOException {
        write();
        lines.writeTo(deltas);
        try (AtomicFile written = AtomicFile.open(stateFile)) {
            Json.MAPPER.writeValue(written.out(), last.toJson());
            written.commit();
        }
        return totals();
    }

    synchronized DeltaTotals totals() {
        return new DeltaTotals(revisions, changes, patchBytes, encodedBytes, fullStatesBytes, stateBytes);
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
