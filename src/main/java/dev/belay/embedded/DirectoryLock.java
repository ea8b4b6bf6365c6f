package dev.belay.embedded;

import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps two Belays out of one directory. The kernel drops the lock when its holder dies, however it dies. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(Path directory) {
        try {
            FileChannel channel = FileChannel.open(
                    directory.resolve("belay.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw ProblemType.SERVER_FAILED.because("Another Belay is using " + directory
                        + ". Nothing was started or changed. Stop the other one, or configure another directory.");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw ProblemType.SERVER_FAILED.because(
                    "The directory " + directory + " cannot be locked (" + e
                            + "). Nothing was started. Belay needs a local directory that it may write to.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
