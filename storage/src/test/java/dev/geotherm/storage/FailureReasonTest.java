package dev.geotherm.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

/** The reasons of failures in messages. */
class FailureReasonTest {

    @Test
    void of_aNamedFailureSaysItsKindAndMessage() {
        assertThat(FailureReason.of(new AccessDeniedException("a.txt"))).isEqualTo("access denied (a.txt)");
        assertThat(FailureReason.of(new DirectoryNotEmptyException("a"))).isEqualTo("directory not empty (a)");
        assertThat(FailureReason.of(new SocketTimeoutException())).isEqualTo("socket timeout");
    }

    @Test
    void of_aFailureOfTheFileSystemSaysItsReasonAndTheFile() {
        assertThat(FailureReason.of(new FileSystemException("a/lock", null, "Is a directory")))
                .isEqualTo("Is a directory (a/lock)");
        assertThat(FailureReason.of(new FileSystemException("a", "b", "Is a directory")))
                .isEqualTo("Is a directory (a -> b)");
        assertThat(FailureReason.of(new FileSystemException("a/lock"))).isEqualTo("file system (a/lock)");
    }

    @Test
    void of_aPlainFailureSaysItsMessage() {
        assertThat(FailureReason.of(new IOException("No space left on device"))).isEqualTo("No space left on device");
        assertThat(FailureReason.of(new IOException())).isEqualTo("ioexception");
    }

    @Test
    void of_aFileThatIsNotFoundSaysWhatIsInBrackets() {
        try (FileInputStream missing = new FileInputStream("no/such/file")) {
            throw new AssertionError(missing);
        } catch (FileNotFoundException failure) {
            assertThat(FailureReason.of(failure)).isEqualTo("no such file or directory");
        } catch (IOException other) {
            throw new AssertionError(other);
        }
    }

    @Test
    void isFullDisk_isFoundInTheCauses() {
        IOException full = new FileSystemException("a.txt", null, "No space left on device");
        StorageException ours = new StorageException("cannot write a.txt", full);
        assertThat(FailureReason.isFullDisk(ours)).isTrue();
        assertThat(FailureReason.isFullDisk(new IllegalStateException("other words", ours)))
                .isTrue();
        assertThat(FailureReason.isFullDisk(new IOException("Disk quota exceeded")))
                .isTrue();
        assertThat(FailureReason.isFullDisk(new IOException("Read-only file system")))
                .isFalse();
        assertThat(FailureReason.isFullDisk(new IOException())).isFalse();
    }

    @Test
    void of_ourOwnFailureIsItsReason() {
        StorageException failure = new StorageException("cannot write a.txt", "it is a folder", null);
        assertThat(failure).hasMessage("cannot write a.txt: it is a folder");
        assertThat(FailureReason.of(failure)).isEqualTo("it is a folder");
        assertThat(new StorageException("cannot write b.txt", new IOException("disk error")))
                .hasMessage("cannot write b.txt: disk error");
    }
}
