package dev.geotherm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The generator of the distribution's NOTICE file: the project's notice, followed by the notices of the bundled libraries,
 * which the Apache License requires every distribution to include. The distribution's build runs it.
 */
public final class NoticeFile {
    private static final List<String> NAMES = List.of("NOTICE", "NOTICE.txt", "NOTICE.md");

    private NoticeFile() {}

    /**
     * Writes the notice in the file of the first argument, and those of all jars on the class path, to the path in the
     * second argument.
     */
    public static void main(String[] arguments) throws IOException {
        String own = Files.readString(Path.of(arguments[0])).strip();
        StringBuilder notice = new StringBuilder(own).append('\n');
        Map<String, Set<String>> jarsOf = new TreeMap<>();
        for (String name : NAMES) {
            for (URL url : Collections.list(NoticeFile.class.getClassLoader().getResources("META-INF/" + name))) {
                String text = read(url);
                if (!text.equals(own)) {
                    jarsOf.computeIfAbsent(text, key -> new TreeSet<>()).add(jar(url));
                }
            }
        }
        Map<String, String> byJars = new TreeMap<>();
        jarsOf.forEach((text, jars) -> byJars.put(String.join(", ", jars), text));
        byJars.forEach((jars, text) -> notice.append("\n\n======== ")
                .append(jars)
                .append("\n\n")
                .append(text)
                .append('\n'));
        Path file = Path.of(arguments[1]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, notice);
    }

    private static String read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n").strip();
        }
    }

    /** Returns the name of a library without its version. */
    private static String jar(URL url) throws IOException {
        if (url.openConnection() instanceof JarURLConnection jar) {
            String path = jar.getJarFileURL().getPath();
            return path.substring(path.lastIndexOf('/') + 1).replaceFirst("-[0-9].*|\\.jar$", "");
        }
        return url.toString();
    }
}
