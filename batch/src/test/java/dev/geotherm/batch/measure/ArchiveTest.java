package dev.geotherm.batch.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    @TempDir
    Path folder;

    @Test
    void unpackedName_hasNoEndingOfAnArchive() {
        assertThat(Archive.unpackedName("a.txt.gz")).isEqualTo("a.txt");
        assertThat(Archive.unpackedName("a.txt.ZST")).isEqualTo("a.txt");
        assertThat(Archive.unpackedName("a.gz.txt")).isEqualTo("a.gz.txt");
    }

    @Test
    void zstandard_withoutItsLibraryIsRefusedWithWhatToDo() throws Exception {
        Path file = Files.write(folder.resolve("a.zst"), Zstd.compress(new byte[10]));
        try (URLClassLoader without = withoutZstandard()) {
            Method stream = without.loadClass(TextLines.class.getName()).getMethod("stream", Path.class, String.class);
            assertThatThrownBy(() -> stream.invoke(null, file, "a.zst"))
                    .cause()
                    .hasMessageStartingWith("a.zst: is compressed with Zstandard, which needs the library")
                    .hasMessageContaining("unzstd");

            Path other = folder.resolve("b.gz");
            try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(other))) {
                out.write('b');
            }
            try (InputStream in = (InputStream) stream.invoke(null, other, "b.gz")) {
                assertThat(in.readAllBytes()).containsExactly('b');
            }
        }
    }

    private static URLClassLoader withoutZstandard() throws Exception {
        List<URL> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("zstd-jni")) {
                entries.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(entries.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
