package consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java snippets of a Markdown page. Those that declare a type are files of their own; the others are one program, from top
 * to bottom, with the imports of all of them. After a comment {@code <!-- prints -->}, a text block is what is printed.
 */
final class GuidePage {
    private static final Pattern BLOCK = Pattern.compile(
            "(<!-- prints -->\n)?^( *)```(java|text)\n(.*?)^ *```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public |final |abstract )*(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);
    private static final String PROGRAM = "Snippets";

    private final Set<String> imports = new LinkedHashSet<>();
    private final StringBuilder statements = new StringBuilder();
    private final List<String> types = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();

    GuidePage(Path page) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            String text = block.group(4).stripTrailing().stripIndent();
            if (block.group(3).equals("text")) {
                if (block.group(1) != null) {
                    text.lines().forEach(printed::add);
                }
            } else if (TYPE.matcher(text).find()) {
                types.add(text);
            } else {
                text.lines().forEach(this::statement);
            }
        }
    }

    private void statement(String line) {
        if (line.startsWith("import ")) {
            imports.add(line);
        } else {
            statements.append(line).append('\n');
        }
    }

    boolean hasSnippets() {
        return !types.isEmpty() || statements.length() > 0;
    }

    List<String> printed() {
        return printed;
    }

    /** Writes the source files into a folder. */
    List<Path> write(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String type : types) {
            Matcher name = TYPE.matcher(type);
            name.find();
            files.add(Files.writeString(folder.resolve(name.group(1) + ".java"), type));
        }
        if (statements.length() > 0) {
            files.add(Files.writeString(
                    folder.resolve(PROGRAM + ".java"),
                    String.join("\n", imports) + "\npublic final class " + PROGRAM
                            + " {\npublic static void main(String[] arguments) throws Exception {\n" + statements
                            + "}\n}\n"));
        }
        return files;
    }

    /** Returns the names of the classes to run. */
    List<String> programs() {
        List<String> programs = new ArrayList<>();
        if (statements.length() > 0) {
            programs.add(PROGRAM);
        }
        for (String type : types) {
            if (type.contains("public static void main(")) {
                Matcher name = TYPE.matcher(type);
                name.find();
                programs.add(name.group(1));
            }
        }
        return programs;
    }
}
