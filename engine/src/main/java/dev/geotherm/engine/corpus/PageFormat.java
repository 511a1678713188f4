package dev.geotherm.engine.corpus;

import dev.geotherm.api.document.FileContent;
import dev.geotherm.api.document.FileFormat;
import java.util.Set;

/** The format of HTML pages, in UTF-8 or in their declared encoding. */
final class PageFormat implements FileFormat {
    @Override
    public Set<String> endings() {
        return Set.of(".html", ".htm");
    }

    @Override
    public FileContent read(String file, byte[] content) {
        PageText page = PageText.of(TextFile.decode(file, content, true));
        return new FileContent(page.title(), page.text());
    }
}
