package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.json.JsonProblem;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A check of saved files, which reads the deltas, applies them to an empty state, and compares the result with the saved
 * state.
 */
final class ReplayCheck {
    private ReplayCheck() {}

    /**
     * Replays the deltas, and returns the number of replayed revisions and the fingerprint of the state.
     *
     * @param revisions the number of revisions to replay; further lines are not read
     * @param counted the counter of replayed revisions, for progress
     * @throws GeothermException if a line cannot be applied or leads to another fingerprint than its own, or if the final
     *     state differs from the saved state
     */
    static StateCheck check(StateDiffer differ, Path deltas, Path state, long revisions, AtomicLong counted) {
        try {
            LineLog lines = new LineLog(deltas, Files.size(deltas), DeltaLog.CONTENT);
            Replay replayed = replay(differ, lines, revisions, counted);
            JsonNode written = Json.MAPPER.readTree(state.toFile());
            if (!replayed.state().toJson().equals(written)) {
                throw new GeothermException(deltas + " replayed from an empty state does not give " + state);
            }
            return new StateCheck(
                    replayed.revisions(), replayed.state().fingerprint().toString());
        } catch (JsonProcessingException damaged) {
            throw new GeothermException(state + " is not valid JSON: " + JsonProblem.of(damaged), damaged);
        } catch (IOException unreadable) {
            throw new GeothermException("cannot read back " + deltas + ": " + FailureReason.of(unreadable), unreadable);
        }
    }

    /**
     * Replays the lines of a log, and compares the result with the log's state.
     *
     * @throws GeothermException if the lines do not lead to that state
     */
    static StateCheck check(StateDiffer differ, DeltaLog deltas, AtomicLong counted) throws IOException {
        Replay replayed = replay(differ, deltas.lines(), counted);
        String fingerprint = replayed.state().fingerprint().toString();
        if (!fingerprint.equals(deltas.fingerprint()) || replayed.last() != deltas.revision()) {
            throw new GeothermException(
                    deltas.lines().file() + " leads to revision " + replayed.last() + " with fingerprint " + fingerprint
                            + ", expected revision " + deltas.revision() + " with " + deltas.fingerprint());
        }
        return new StateCheck(replayed.revisions(), fingerprint);
    }

    /**
     * The result of a replay.
     *
     * @param revisions the number of revisions after the first line's
     * @param last the revision of the last line
     * @param state the state after the last line
     */
    record Replay(long revisions, long last, StateSnapshot state) {}

    /** Replays all lines; otherwise the same as {@link #check}. */
    static Replay replay(StateDiffer differ, LineLog deltas, AtomicLong counted) throws IOException {
        return replay(differ, deltas, Long.MAX_VALUE, counted);
    }

    private static Replay replay(StateDiffer differ, LineLog deltas, long revisions, AtomicLong counted)
            throws IOException {
        long[] last = {0, 0};
        try (TrackedState tracked = differ.track(Json.MAPPER.createObjectNode())) {
            deltas.read((text, number) -> {
                if (number - 1 > revisions) {
                    return;
                }
                String where = deltas.file() + ":" + number;
                JsonNode line;
                try {
                    line = Json.MAPPER.readTree(text);
                } catch (JsonProcessingException damaged) {
                    throw new GeothermException(where + " is not valid JSON: " + JsonProblem.of(damaged), damaged);
                }
                apply(tracked, line, where);
                last[0] = number - 1;
                last[1] = line.path("revision").asLong();
                counted.set(last[0]);
            });
            return new Replay(last[0], last[1], tracked.snapshot());
        }
    }

    private static void apply(TrackedState state, JsonNode line, String where) {
        RevisionDelta committed;
        try {
            committed = state.edit(editor -> line.path("patch").forEach(operation -> apply(editor, operation)));
        } catch (DeltaException misfit) {
            throw new GeothermException(where + " does not apply: " + misfit.getMessage(), misfit);
        }
        String expected = line.path("fingerprint").asText();
        if (!committed.fingerprint().toString().equals(expected)) {
            throw new GeothermException(
                    where + " leads to fingerprint " + committed.fingerprint() + ", expected " + expected);
        }
    }

    private static void apply(StateEditor editor, JsonNode operation) {
        Pointer path = Pointer.parse(operation.path("path").asText());
        switch (operation.path("op").asText()) {
            case "add" -> {
                if (isElement(editor, path)) {
                    editor.insert(path, operation.path("value"));
                } else {
                    editor.set(path, operation.path("value"));
                }
            }
            case "replace" -> editor.set(path, operation.path("value"));
            case "remove" -> editor.remove(path);
            case "move" -> editor.move(Pointer.parse(operation.path("from").asText()), path);
            default -> throw new DeltaException("'" + operation.path("op").asText() + "' is not expected here");
        }
    }

    private static boolean isElement(StateEditor editor, Pointer path) {
        Pointer parent = path.parent();
        return parent != null && editor.arraySize(parent) >= 0;
    }
}
