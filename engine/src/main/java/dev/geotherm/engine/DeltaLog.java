package dev.geotherm.engine;

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
import dev.geotherm.storage.FailureReason;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of deltas: one line per revision, {@code {"base", "revision", "at", "fingerprint", "patch"}}, with an RFC
 * 6902 JSON Patch. The first line leads from {@code {}} to the revision at which the log was opened, so the file alone
 * reproduces the state.
 *
 * <p>Safe for use by several threads.
 */
final class DeltaLog implements Closeable {
    private final Path file;
    private final DeltaCodec codec;
    private final Supplier<StateSnapshot> state;
    private @Nullable OutputStream out;
    private StateSnapshot last;
    private long revisions;
    private long changes;
    private long patchBytes;
    private long encodedBytes;
    private long stateBytes;
    private long fullStatesBytes;

    @Inject
    DeltaLog(KnowledgeFolder folder, AnchorStore anchors, StateDiffer differ) {
        this(folder.draft(KnowledgeFolder.DELTAS), () -> anchors.state().snapshot(), differ.codec());
    }

    /** Creates a log; its file is created when the first line is written. */
    DeltaLog(Path file, Supplier<StateSnapshot> state, DeltaCodec codec) {
        this.file = file;
        this.codec = codec;
        this.state = state;
        last = state.get();
        stateBytes = bytes(last.toJson());
    }

    /** Returns the file, with the line of the first revision in it. */
    private OutputStream out() throws IOException {
        OutputStream opened = out;
        if (opened == null) {
            opened = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            out = opened;
            StateDelta start = new StateDelta(last.toJson().properties().stream()
                    .map(member -> Change.added(Pointer.of(member.getKey()), member.getValue()))
                    .toList());
            line(
                    opened,
                    -1,
                    last.revision(),
                    last.at().toString(),
                    last.fingerprint().toString(),
                    start.toJsonPatch());
        }
        return opened;
    }

    /**
     * Commits, and appends the delta, so that commits and lines are in the same order. A commit without changes adds no
     * line.
     */
    synchronized void append(Supplier<RevisionDelta> commit) {
        RevisionDelta next = commit.get();
        if (next.delta().isEmpty()) {
            return;
        }
        try {
            append(out(), next);
        } catch (IOException failed) {
            throw new GeothermException("cannot write the deltas: " + FailureReason.of(failed), failed);
        }
    }

    private void append(OutputStream lines, RevisionDelta next) throws IOException {
        StateSnapshot before = last;
        last = state.get();
        // A patch replaces texts as a whole, so only a splice needs the state before it.
        StateDelta delta = next.delta().changes().stream().anyMatch(change -> change.splice() != null)
                ? next.delta().withWholeTexts(before.toJson())
                : next.delta();
        revisions++;
        changes += delta.changes().size();
        patchBytes += line(
                lines,
                next.base(),
                next.revision(),
                next.at().toString(),
                next.fingerprint().toString(),
                delta.toJsonPatch());
        encodedBytes += codec.encode(next.delta()).length;
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

    private static int line(OutputStream out, long base, long revision, String at, String fingerprint, JsonNode patch)
            throws IOException {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("base", base).put("revision", revision).put("at", at).put("fingerprint", fingerprint);
        line.set("patch", patch);
        byte[] bytes = Json.MAPPER.writeValueAsBytes(line);
        out.write(bytes);
        out.write('\n');
        return bytes.length + 1;
    }

    /**
     * Writes the state next to the log, so that the lines written so far lead exactly to it.
     *
     * @return the totals at that state
     */
    synchronized DeltaTotals save(Path stateFile) throws IOException {
        out().flush();
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
        if (out != null) {
            out.close();
        }
    }
}
