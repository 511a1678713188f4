package dev.geotherm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.JsonLength;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.storage.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of deltas: one line per revision, {@code {"base", "revision", "at", "fingerprint", "patch"}}, with an RFC
 * 6902 JSON Patch. The first line leads from {@code {}} to the revision at which the log was created, so the lines alone
 * reproduce the state.
 *
 * <p>While the log cannot be written, nothing is committed. If a delta cannot be written after its commit, for example
 * because the disk is full, the log keeps it and writes it before the next one. The lines therefore always lead to the state
 * that is saved with them.
 *
 * <p>Thread-safe.
 */
final class DeltaLog implements Closeable {
    /** The name of the content in messages. */
    static final String CONTENT = "the deltas";

    private static final long LONGEST = 1L << 60; // far above any state

    private final LineLog lines;
    private final Supplier<StateSnapshot> state;
    private final long offset;
    private boolean started;
    private @Nullable RevisionDelta unwritten; // committed
    private StateSnapshot last;
    private long revisions;
    private long changes;
    private long patchBytes;
    private long stateBytes;
    private long fullStatesBytes;

    /**
     * Creates a log.
     *
     * @param lines the lines; if there are none, the first line will lead from {@code {}} to the current state
     * @param offset the number to add to the revisions of the state
     */
    DeltaLog(LineLog lines, Supplier<StateSnapshot> state, long offset) {
        this.lines = lines;
        this.state = state;
        this.offset = offset;
        started = lines.end() > 0;
        last = state.get();
        stateBytes = bytes(last.toJson());
    }

    /**
     * Continues a log of an earlier process with the current state. Heats can differ from those of the last line, which was
     * written at another time; the next line then contains the difference.
     *
     * @param before the marker of the commit that the lines belong to
     * @throws GeothermException if the lines do not lead to the state that was committed
     */
    static DeltaLog resume(LineLog lines, Supplier<StateSnapshot> state, StateDiffer differ, Marker before)
            throws IOException {
        StateSnapshot now = state.get();
        boolean same = lines.end() == 0 || now.fingerprint().toString().equals(before.state());
        long revision = before.revision() + (same ? 0 : 1);
        DeltaLog log = new DeltaLog(lines, state, revision - now.revision());
        if (!same) {
            StateSnapshot written =
                    ReplayCheck.replay(differ, lines, new AtomicLong()).state();
            if (!written.fingerprint().toString().equals(before.state())) {
                throw new GeothermException(
                        lines.file() + " does not lead to the state that was committed: it leads to "
                                + written.fingerprint() + ", expected " + before.state());
            }
            log.write(
                    before.revision(),
                    revision,
                    now.at(),
                    now.fingerprint(),
                    differ.diff(written.toJson(), now.toJson()),
                    written);
        }
        return log;
    }

    /**
     * Starts a new log in another file, with the current state and its revision.
     *
     * @throws GeothermException if it cannot be written
     */
    synchronized DeltaLog restart(Path file) {
        DeltaLog restarted = new DeltaLog(new LineLog(file, 0, CONTENT), state, offset);
        restarted.write();
        return restarted;
    }

    /** Returns the number of bytes of all lines. */
    synchronized long end() {
        return lines.end();
    }

    /** Returns the revision that the lines lead to. */
    synchronized long revision() {
        return last.revision() + offset;
    }

    /** Returns the fingerprint of the state that the lines lead to. */
    synchronized String fingerprint() {
        return last.fingerprint().toString();
    }

    /** Returns the number to add to the revisions of the state. */
    long offset() {
        return offset;
    }

    /** Returns the lines, to be read while nothing is appended. */
    LineLog lines() {
        return lines;
    }

    /** Records that the file was moved. */
    synchronized void moveTo(Path target) throws IOException {
        lines.moveTo(target);
    }

    /**
     * Commits and appends the delta under one lock, which keeps commits and lines in the same order. A commit without
     * changes adds no line.
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

    /** Writes the line of the first revision, and the delta that an earlier failure left, unless already written. */
    private void write() {
        if (!started) {
            StateDelta start = new StateDelta(last.toJson().properties().stream()
                    .map(member -> Change.added(Pointer.of(member.getKey()), member.getValue()))
                    .toList());
            lines.append(DeltaLine.of(
                            -1,
                            last.revision() + offset,
                            last.at().toString(),
                            last.fingerprint().toString(),
                            start)
                    .json());
            started = true;
        }
        RevisionDelta next = unwritten;
        if (next != null) {
            write(next.base() + offset, next.revision() + offset, next.at(), next.fingerprint(), next.delta(), last);
            unwritten = null;
        }
    }

    private void write(
            long base, long revision, Instant at, Fingerprint fingerprint, StateDelta changed, StateSnapshot before) {
        StateSnapshot after = state.get();
        // A patch replaces whole texts, so only a splice needs the state before it.
        StateDelta delta = changed.changes().stream().anyMatch(change -> change.splice() != null)
                ? changed.withWholeTexts(before.toJson())
                : changed;
        DeltaLine line = DeltaLine.of(base, revision, at.toString(), fingerprint.toString(), delta);
        lines.append(line.json());
        last = after;
        revisions++;
        changes += delta.changes().size();
        patchBytes += line.json().length + 1; // with the line break
        if (delta.changes().stream().allMatch(DeltaLog::growthIsKnown)) {
            stateBytes += line.valueBytes();
            delta.changes().forEach(change -> stateBytes += growth(change));
        } else {
            stateBytes = bytes(last.toJson());
        }
        fullStatesBytes += stateBytes;
    }

    /** Returns whether the old value is known. A differ can be configured not to record it. */
    private static boolean growthIsKnown(Change change) {
        return change.before() != null || change.kind() == ChangeKind.ADDED || change.kind() == ChangeKind.MOVED;
    }

    /**
     * Returns the growth of the state's text without the new values. Exact except for the comma of a first or last member or
     * element, and for members with numeric names, which count as elements.
     */
    private static long growth(Change change) {
        Pointer path = change.path();
        long place = path.index() >= 0 ? 1 : path.token().getBytes(StandardCharsets.UTF_8).length + 4L; // "…":,
        return (change.kind() == ChangeKind.ADDED ? place : 0)
                - (change.kind() == ChangeKind.REMOVED ? place : 0)
                - bytes(change.before());
    }

    private static long bytes(@Nullable JsonNode node) {
        return node == null ? 0 : JsonLength.of(node, LONGEST);
    }

    /**
     * Writes the delta that an earlier failure left, and clears the failure.
     *
     * @throws GeothermException if the delta still cannot be written
     */
    synchronized void recover() {
        write();
        lines.clearFailure();
    }

    /** Throws the last failure to write a delta since {@link #recover}, if any. */
    void throwIfFailed() {
        lines.throwIfFailed();
    }

    /** Forces the deltas to disk. */
    synchronized void force() {
        lines.force();
    }

    /**
     * Writes the lines to one file and the state that they lead to, to another file.
     *
     * @return the totals at that state
     * @throws GeothermException if a delta that an earlier failure left still cannot be written
     */
    synchronized DeltaTotals save(Path deltas, Path stateFile) throws IOException {
        write();
        if (!deltas.equals(lines.file())) {
            lines.writeTo(deltas);
        }
        try (AtomicFile written = AtomicFile.open(stateFile)) {
            Json.MAPPER.writeValue(written.out(), last.toJson());
            written.commit();
        }
        return totals();
    }

    synchronized DeltaTotals totals() {
        return new DeltaTotals(revisions, changes, patchBytes, fullStatesBytes, stateBytes);
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
