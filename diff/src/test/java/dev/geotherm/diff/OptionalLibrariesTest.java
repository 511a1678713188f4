package dev.geotherm.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The differ works without the libraries of LZ4 and Zstandard; a feature that needs one says so. */
class OptionalLibrariesTest {

    /** A class loader that loads its own copies of our classes, and none of the optional libraries. */
    private static final class Without extends ClassLoader {
        private static final List<String> HIDDEN = List.of("com.github.luben.", "net.jpountz.");

        Without() {
            super(OptionalLibrariesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (HIDDEN.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            } else if (!name.startsWith("dev.geotherm.diff.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    private static Object call(Class<? extends Callable<?>> work) throws Exception {
        Class<?> own = Class.forName(work.getName(), true, new Without());
        try {
            return own.getMethod("call").invoke(own.getConstructor().newInstance());
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    @Test
    void encode_withoutOptionalLibrariesCompresses() throws Exception {
        assertThat(call(OptionalLibrariesWork.Compress.class)).isEqualTo(true);
    }

    @Test
    void dictionary_withoutItsLibraryIsRefusedWithTheReason() {
        assertThatThrownBy(() -> call(OptionalLibrariesWork.Decompress.class))
                .hasMessageContaining("Zstandard, by com.github.luben:zstd-jni");
        assertThatThrownBy(() -> call(OptionalLibrariesWork.Train.class))
                .hasMessageContaining("a dictionary needs Zstandard, by com.github.luben:zstd-jni");
    }
}
