package dev.geotherm.engine.corpus;

import dev.geotherm.api.document.FileContent;
import dev.geotherm.api.document.FileFormat;
import java.util.Set;

/** HTML pages, in UTF-8 or in the encoding that they declare. */
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
