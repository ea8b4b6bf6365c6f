package dev.belay.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Temporary files that are named after the process they belong to, so that those of a killed one are found. */
public final class TemporaryFiles {

    private TemporaryFiles() {}

    public static Path directory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** How the names of this process' files of a kind begin, a kind being a word with a hyphen after it, or nothing. */
    public static String prefix(String kind) {
        return "belay-" + kind + ProcessHandle.current().pid() + "-";
    }

    /** The files of a kind whose process is gone. */
    public static List<Path> leftovers(String kind, String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        String beginning = "belay-" + kind;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(), beginning + "*" + suffix)) {
            for (Path file : files) {
                String owner = file.getFileName()
                        .toString()
                        .substring(beginning.length())
                        .split("-", -1)[0];
                if (owner.matches("\\d{1,18}") && isLeftover(file, Long.parseLong(owner))) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** In a container each run of Belay has the same process id, so a file older than this process is a leftover too. */
    private static boolean isLeftover(Path file, long owner) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        if (owner == self.pid()) {
            Instant started = self.info().startInstant().orElse(Instant.EPOCH);
            try {
                return Files.getLastModifiedTime(file).toInstant().isBefore(started.minusSeconds(2));
            } catch (NoSuchFileException e) {
                // Another job of this process has just done with it.
                return false;
            }
        }
        return ProcessHandle.of(owner).isEmpty();
    }
}
