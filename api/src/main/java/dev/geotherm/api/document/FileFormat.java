package dev.geotherm.api.document;

import dev.geotherm.api.GeothermException;
import java.util.Set;

/**
 * A file format in a folder of documents. It reads the text of a file, which becomes one document.
 *
 * <p>{@link java.util.ServiceLoader} finds implementations on the class path, the module path and in plugins; each has
 * a public no-argument constructor that does no work. Thread-safe.
 *
 * <p>An implementation works in this process, does not use the network, and limits its time and memory, because files
 * can be untrusted.
 */
public interface FileFormat {

    /**
     * Returns the file name extensions of this format, in lower case and with their dots, such as {@code .pdf}. No two
     * formats may have the same extension.
     */
    Set<String> endings();

    /**
     * Reads a file.
     *
     * @param file the path of the file, for messages
     * @param content the bytes of the file, decompressed if the file is compressed by gzip or Zstandard; must not be
     *     modified
     * @throws GeothermException if the file cannot be read, for example because it is damaged or encrypted; the message
     *     begins with {@code file} and a colon, and says what is wrong
     */
    FileContent read(String file, byte[] content);
}
