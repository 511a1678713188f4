package dev.geotherm.api.document;

import dev.geotherm.api.GeothermException;
import java.util.Set;

/**
 * A format of files in a folder of documents: reads the text of a file, which becomes one document.
 *
 * <p>{@link java.util.ServiceLoader} finds implementations on the class path, the module path and in plugins; each has a public
 * constructor without parameters and does no work in it. Safe for use by many threads.
 *
 * <p>An implementation works in the process and without the network, and limits its time and memory, because files
 * can be untrusted.
 */
public interface FileFormat {

    /**
     * Returns the endings of the names of its files, in lower case, each with its dot, such as {@code .pdf}. No other format may
     * have one of them.
     */
    Set<String> endings();

    /**
     * Reads a file.
     *
     * @param file the path of the file, for messages
     * @param content the bytes of the file, decompressed if it is an archive of gzip or Zstandard; must not be modified
     * @throws GeothermException if the file cannot be read, such as a damaged or an encrypted one; the message begins with {@code
     *     file} and a colon, and says what is wrong
     */
    FileContent read(String file, byte[] content);
}
