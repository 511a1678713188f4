package dev.geotherm.profiles.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The verification of a jar's signature. The class loader alone would detect a changed class only on its first use. */
final class SignedJar {
    private SignedJar() {}

    /**
     * Opens a jar, and reads all of it if it is signed.
     *
     * @throws IOException if it is not a readable jar
     * @throws SecurityException if it was modified after signing
     */
    static void verify(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            if (opened.stream().noneMatch(SignedJar::isSignature)) {
                return;
            }
            for (JarEntry entry : Collections.list(opened.entries())) {
                try (InputStream in = opened.getInputStream(entry)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    private static boolean isSignature(JarEntry entry) {
        String name = entry.getName().toUpperCase(Locale.ROOT);
        return name.startsWith("META-INF/") && name.endsWith(".SF");
    }
}
