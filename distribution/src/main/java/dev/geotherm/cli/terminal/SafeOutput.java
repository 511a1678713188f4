package dev.geotherm.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream of UTF-8 text that is safe for a terminal. It escapes control characters except tabs and line ends, and
 * characters that change the direction of writing.
 *
 * <p>Everything on stderr passes through this stream, because messages, logs and stack traces contain untrusted names and
 * text. Thread-safe.
 */
public final class SafeOutput extends FilterOutputStream {
    private static final int LONGEST = 3; // the maximum number of bytes of an escaped character

    private final byte[] held = new byte[LONGEST]; // the bytes of an incomplete character
    private final ByteArrayOutputStream ready = new ByteArrayOutputStream();
    private int count;

    /** Creates a stream that writes to another. */
    public SafeOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            take(bytes[i]);
        }
        ready.writeTo(out);
        ready.reset();
    }

    private void take(byte next) {
        boolean continues = count > 0 && (next & 0xC0) == 0x80;
        if (!continues) {
            pass();
        }
        held[count++] = next;
        if (count < length(held[0])) {
            return;
        }
        String text = new String(held, 0, count, StandardCharsets.UTF_8);
        char character = text.charAt(0);
        if (character != '\n' && character != '\r' && character != '\t' && TerminalText.isControl(character)) {
            count = 0;
            ready.writeBytes(TerminalText.safe(text).getBytes(StandardCharsets.UTF_8));
        } else {
            pass();
        }
    }

    /**
     * Returns the number of bytes of a character with this first byte. Characters of four bytes are harmless, so they need
     * no special case.
     */
    private static int length(byte first) {
        return (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 1;
    }

    /** Passes the held bytes on unchanged. */
    private void pass() {
        ready.write(held, 0, count);
        count = 0;
    }

    @Override
    public synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        pass();
        ready.writeTo(out);
        out.close();
    }
}
