package dev.belay.stage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sees to it that one demo plays at a time in one place: the next would stop the servers of this one as leftovers. */
public final class OnlyOne {

    private OnlyOne() {}

    /** Whether no other is playing; true lasts until this process ends. */
    public static boolean isAlone(Path lock) throws IOException {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return channel.tryLock() != null;
    }
}
