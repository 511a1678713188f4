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
import dev.geotherm.storage.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A check of saved files: the deltas are read back, applied to an empty state, and compared with the saved state. */
final class ReplayCheck {
    private ReplayCheck() {}

    /**
     * Replays the deltas, and returns the number of replayed revisions and the fingerprint of the state.
     *
     * @param revisions the number of revisions to replay; later lines are not read
     * @param replayed counts the replayed revisions, for progress
     * @throws GeothermException if a line does not apply or leads to a fingerprint other than its own, or if the final
     *     state differs from the saved one
     */
    static StateCheck check(StateDiffer differ, Path deltas, Path state, long revisions, AtomicLong replayed) {
        long lines = 0;
        try (TrackedState tracked = differ.track(Json.MAPPER.createObjectNode());
                BufferedReader reader = Files.newBufferedReader(deltas, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = lines > revisions ? null : reader.readLine()) {
                lines++;
                apply(tracked, Json.MAPPER.readTree(line), deltas + ":" + lines);
                replayed.set(lines - 1);
            }
            JsonNode written = Json.MAPPER.readTree(state.toFile());
            StateSnapshot last = tracked.snapshot();
            if (!last.toJson().equals(written)) {
                throw new GeothermException(deltas + " replayed from an empty state does not give " + state);
            }
            return new StateCheck(lines - 1, last.fingerprint().toString());
        } catch (JsonProcessingException damaged) {
            throw new GeothermException(
                    deltas + ":" + lines + " is not valid JSON: " + damaged.getOriginalMessage(), damaged);
        } catch (IOException unreadable) {
            throw new GeothermException("cannot read back " + deltas + ": " + FailureReason.of(unreadable), unreadable);
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
