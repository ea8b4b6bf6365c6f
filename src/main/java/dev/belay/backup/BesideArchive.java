package dev.belay.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/**
 * What belongs to an archive but is none of it: a folder of scripts that lies beside the archive's own, where a file too
 * many would be damage. Like the archive it comes into being under a temporary name.
 */
public final class BesideArchive {

    static final String SUFFIX = ".by-hand";

    private final Path folder;
    private final Path partial;

    /** @param archive the archive's folder */
    public BesideArchive(Path archive) {
        this.folder = archive.resolveSibling(archive.getFileName() + SUFFIX);
        this.partial = archive.resolveSibling(folder.getFileName() + ".partial");
    }

    /** Writes the files, in place of what is there; returns the folder, absolute. */
    public Path write(Map<String, String> files) throws IOException {
        Folders.remove(partial);
        Files.createDirectory(partial);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = partial.resolve(file.getKey());
            Files.write(target, file.getValue().getBytes(StandardCharsets.UTF_8));
            boolean runs = file.getKey().endsWith(".sh");
            if (runs && Files.getFileStore(target).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-x---"));
            }
            Archive.sync(target);
        }
        Archive.sync(partial);
        Folders.remove(folder);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        Archive.sync(Objects.requireNonNull(folder.getParent()));
        return folder.toAbsolutePath().normalize();
    }

    void remove() throws IOException {
        Folders.remove(partial);
        Folders.remove(folder);
    }
}
