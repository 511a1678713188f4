package dev.geotherm.cli.state;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kind of a non-JSON file, detected by its first bytes. */
final class FileKind {
    private static final Pattern YAML =
            Pattern.compile("(?s)(%YAML|---|#|[A-Za-z_][\\w.-]*:( |\\r?\\n)|- [A-Za-z_]).*");
    private static final String CONVERT = "convert it to JSON first";
    private static final String DECOMPRESS = "decompress it first";

    private FileKind() {}

    /** Returns the kind of a file and what to do, or null if its first bytes match no known kind. */
    static @Nullable String of(byte[] head) {
        String text = new String(head, ISO_8859_1)
                .replaceFirst("^\u00EF\u00BB\u00BF", "")
                .stripLeading();
        if (text.startsWith("PK\u0003\u0004")) {
            return "this is a zip archive; unpack it first";
        } else if (text.startsWith("BZh")) {
            return "this is compressed with bzip2; " + DECOMPRESS;
        } else if (text.startsWith("\u00FD7zXZ")) {
            return "this is compressed with xz; " + DECOMPRESS;
        } else if (text.startsWith("\u0004\"M\u0018")) {
            return "this is compressed with LZ4; " + DECOMPRESS;
        } else if (text.startsWith("GTD")) {
            return "this is a binary delta, not a document; geotherm patch applies it to one";
        } else if (text.startsWith("%PDF")) {
            return "this is a PDF, not JSON";
        } else if (text.startsWith("version https://git-lfs")) {
            return "this is a pointer of Git LFS; run git lfs pull";
        } else if (text.indexOf('\0') >= 0) {
            return "this is a binary file, not JSON";
        } else if (text.startsWith("<")) {
            return "this looks like XML or HTML; " + CONVERT;
        } else if (YAML.matcher(text).matches()) {
            return "this looks like YAML; " + CONVERT + ", for example with yq -o=json";
        }
        return null;
    }
}
