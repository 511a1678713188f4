package dev.geotherm.cli.state;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.codec.StateText;
import dev.geotherm.storage.FailureReason;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input: a file or stdin.
 *
 * @param name its name; {@code -} is stdin
 */
public record Input(String name) {

    /** Returns whether this is stdin. */
    public boolean isStandard() {
        return name.equals("-");
    }

    private String shown() {
        return isStandard() ? "stdin" : name;
    }

    /**
     * Reads a state.
     *
     * @throws GeothermException if it cannot be read or is not JSON; the message names line and column
     */
    public JsonNode state() {
        try (InputStream in = open()) {
            return StateText.read(in);
        } catch (JsonProcessingException malformed) {
            throw new GeothermException(
                    shown() + where(malformed.getLocation()) + ": " + StateText.problem(malformed), malformed);
        } catch (IOException unreadable) {
            throw new GeothermException("cannot read " + shown() + ": " + FailureReason.of(unreadable), unreadable);
        } catch (DeltaException none) {
            throw new GeothermException(shown() + ": " + none.getMessage() + "; expected JSON", none);
        }
    }

    /** Reads all bytes. */
    public byte[] bytes() {
        // Buffered, because the file stream's own readAllBytes asks for the length, which a pipe does not have.
        try (InputStream in = new BufferedInputStream(open())) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new GeothermException("cannot read " + shown() + ": " + FailureReason.of(unreadable), unreadable);
        }
    }

    /** Returns an exception about this input. */
    public GeothermException wrong(RuntimeException why) {
        return new GeothermException(shown() + ": " + why.getMessage(), why);
    }

    private InputStream open() throws IOException {
        return isStandard() ? System.in : new FileInputStream(name);
    }

    private static String where(JsonLocation location) {
        return location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
