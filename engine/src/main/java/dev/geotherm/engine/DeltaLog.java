package dev.geotherm.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.cli.Json;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file of deltas: a line for each revision, {@code {"base", "revision", "at", "fingerprint", "patch"}}, the patch
 * being an RFC 6902 JSON Patch. The first line leads from {@code {}} to revision 0, so that the file alone gives the state.
 *
 * <p>Safe for use by several threads.
 */
final class DeltaLog implements Closeable {
    private final AtomicFile file;
    private final DeltaCodec codec;
    private final Supplier<StateSnapshot> state;
    private StateSnapshot last;
    private long revisions;
    private long changes;
    private long patchBytes;
    private long encodedBytes;
    private long stateBytes;
    private long fullStatesBytes;

    DeltaLog(Path target, Supplier<StateSnapshot> state, DeltaCodec codec) throws IOException {
        this.file = AtomicFile.open(target);
        this.codec = codec;
        this.state = state;
        StateSnapshot initial = state.get();
        last = initial;
        stateBytes = bytes(initial.toJson());
        StateDelta start = new StateDelta(initial.toJson().properties().stream()
                .map(member -> Change.added(Pointer.of(member.getKey()), member.getValue()))
                .toList());
        line(
                -1,
                initial.revision(),
                initial.at().toString(),
                initial.fingerprint().toString(),
                start.toJsonPatch());
    }

    /** Appends the delta that a commit gives; commits and lines stay in the same order. */
    synchronized void append(Supplier<RevisionDelta> commit) {
        RevisionDelta next = commit.get();
        if (next.delta().isEmpty()) {
            return;
        }
        StateSnapshot before = last;
        last = state.get();
        // The whole state is asked for only where a piece of a text has changed: a patch replaces the text.
        StateDelta delta = next.delta().changes().stream().anyMatch(change -> change.splice() != null)
                ? next.delta().withWholeTexts(before.toJson())
                : next.delta();
        revisions++;
        changes += delta.changes().size();
        patchBytes += line(
                next.base(),
                next.revision(),
                next.at().toString(),
                next.fingerprint().toString(),
                delta.toJsonPatch());
        encodedBytes += codec.encode(next.delta()).length;
        if (delta.changes().stream().allMatch(DeltaLog::tellsGrowth)) {
            delta.changes().forEach(change -> stateBytes += growth(change));
        } else {
            stateBytes = bytes(last.toJson());
        }
        fullStatesBytes += stateBytes;
    }

    /** Returns whether the value that goes is known, which a differ may have been told not to carry. */
    private static boolean tellsGrowth(Change change) {
        return change.before() != null || change.kind() == ChangeKind.ADDED || change.kind() == ChangeKind.MOVED;
    }

    /**
     * Returns how much longer the state's text becomes: exact but for the comma of a first or last member or element, and for
     * members whose name is a number, which are taken for elements.
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

    private int line(long base, long revision, String at, String fingerprint, JsonNode patch) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("base", base).put("revision", revision).put("at", at).put("fingerprint", fingerprint);
        line.set("patch", patch);
        try {
            byte[] bytes = Json.MAPPER.writeValueAsBytes(line);
            OutputStream out = file.out();
            out.write(bytes);
            out.write('\n');
            return bytes.length + 1;
        } catch (IOException failed) {
            throw new GeothermException("cannot write the deltas: " + FailureReason.of(failed), failed);
        }
    }

    /** Puts the file in its place and returns what went into it. */
    synchronized Totals commit() throws IOException {
        file.commit();
        return new Totals(revisions, changes, patchBytes, encodedBytes, fullStatesBytes, stateBytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * What a log holds.
     *
     * @param revisions revisions after the first
     * @param changes changes in all of them
     * @param patchBytes bytes of their lines
     * @param encodedBytes bytes of the same deltas in the differ's own wire form
     * @param fullStatesBytes bytes that it would have taken to write the whole state at each revision
     * @param stateBytes bytes of the last state
     */
    record Totals(
            long revisions, long changes, long patchBytes, long encodedBytes, long fullStatesBytes, long stateBytes) {}
}
