package dev.geotherm.engine.corpus;

import dev.geotherm.api.document.FileContent;
import dev.geotherm.api.document.FileFormat;
import java.util.Set;

/** The format of plain text and Markdown, in UTF-8. */
final class TextFormat implements FileFormat {
    @Override
    public Set<String> endings() {
        return Set.of(".txt", ".md");
    }

    @Override
    public FileContent read(String file, byte[] content) {
        return new FileContent("", TextFile.decode(file, content, false));
    }
}
