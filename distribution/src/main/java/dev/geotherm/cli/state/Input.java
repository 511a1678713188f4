package dev.geotherm.cli.state;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import dev.geotherm.api.GeothermException;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.codec.StateText;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.StrictGzipStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * An input: a file or stdin. Content compressed with gzip or Zstandard is decompressed, whatever the name of the file.
 *
 * @param name the path of the file; {@code -} means stdin
 * @param standard the stream for stdin
 */
public record Input(String name, InputStream standard) {
    private static final int HEAD = 512;
    private static final int GZIP = 0x1F8B;
    private static final int ZSTD = 0x28B52FFD;
    private static final int ZSTD_SKIPPED =
            0x502A4D18; // pzstd's skippable frame; the low nibble of the first byte is arbitrary
    private static final int ANY_NUMBER = 0xF0FFFFFF;

    /** Returns whether this is stdin. */
    public boolean isStandard() {
        return name.equals("-");
    }

    /** Returns the file; empty for stdin. */
    public Optional<Path> file() {
        return isStandard() ? Optional.empty() : Optional.of(Path.of(name));
    }

    private String shown() {
        return isStandard() ? "stdin" : name;
    }

    /**
     * Reads a state.
     *
     * @param lines whether each line is a value; the state is then the array of these values
     * @throws GeothermException if the input cannot be read or is not JSON; the message then names the line and column
     */
    public JsonNode state(boolean lines) {
        byte[] head = new byte[0];
        try (InputStream in = open()) {
            head = head(in);
            return lines ? StateText.readLines(in) : StateText.read(in);
        } catch (JsonProcessingException malformed) {
            throw new GeothermException(
                    shown() + where(malformed.getLocation()) + ": " + problem(malformed, head), malformed);
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        } catch (DeltaException none) {
            throw new GeothermException(shown() + ": " + none.getMessage() + "; expected JSON", none);
        }
    }

    private static String problem(JsonProcessingException malformed, byte[] head) {
        if (StateText.hasMoreThanOneValue(malformed)) {
            return "contains more than one value; if each line is a value, use --lines";
        }
        String kind = FileKind.of(head);
        return kind == null ? StateText.problem(malformed) : kind;
    }

    /** Reads all bytes. */
    public byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    private GeothermException unreadable(IOException failed) {
        boolean damaged =
                failed instanceof EOFException || failed instanceof ZipException || failed instanceof ZstdIOException;
        String reason = damaged ? "its compressed data is damaged or cut off" : FailureReason.of(failed);
        return new GeothermException("cannot read " + shown() + ": " + reason, failed);
    }

    /** Returns an exception about this input. */
    public GeothermException wrong(RuntimeException why) {
        return new GeothermException(shown() + ": " + why.getMessage(), why);
    }

    /**
     * Opens a stream that supports {@code mark}. A file's own stream would ask for the length, which a pipe does not have.
     */
    private InputStream open() throws IOException {
        InputStream in = new BufferedInputStream(isStandard() ? standard : new FileInputStream(name));
        try {
            byte[] head = head(in);
            if (number(head, 2) == GZIP) {
                return new BufferedInputStream(new StrictGzipStream(in));
            }
            boolean zstd = number(head, 4) == ZSTD || (number(head, 4) & ANY_NUMBER) == ZSTD_SKIPPED;
            return zstd ? new BufferedInputStream(new ZstdInputStream(in)) : in;
        } catch (IOException | RuntimeException | Error failed) {
            in.close();
            throw failed;
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    private static int number(byte[] head, int bytes) {
        int number = head.length < bytes ? 0 : 1;
        for (int i = 0; i < bytes && number != 0; i++) {
            number = i == 0 ? head[0] & 0xFF : number << 8 | (head[i] & 0xFF);
        }
        return number;
    }

    private static String where(JsonLocation location) {
        return location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
