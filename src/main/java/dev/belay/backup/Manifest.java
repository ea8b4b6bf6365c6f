package dev.belay.backup;

import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.DatabaseShape;
import dev.belay.postgres.Extensions;
import dev.belay.postgres.Roles;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What an archive is and must be: everything that is needed to check it, restore it and prove it without the database it
 * came from. Lies in the archive's folder as {@code manifest.json}.
 *
 * @param database the managed database's name in the configuration
 * @param serverVersion of the server it came from, as that server says it
 * @param toolMajor the major version of the pg_dump that wrote it
 * @param extensions with the versions they had; pg_dump does not say them
 * @param files every file of the archive but this one
 */
public record Manifest(
        UUID id,
        String database,
        Instant created,
        String serverVersion,
        int toolMajor,
        DatabaseShape shape,
        DatabaseAttributes attributes,
        Roles roles,
        List<Extensions.Extension> extensions,
        Fingerprint fingerprint,
        List<ArchivedFile> files) {

    public Manifest {
        // Archives of before they were written down have none.
        extensions = extensions == null ? List.of() : List.copyOf(extensions);
        files = List.copyOf(files);
    }

    /**
     * A file of the archive.
     *
     * @param name as pg_dump named it; it lies there compressed, with {@code .zst} added
     * @param bytes of the compressed file
     * @param sha256 of the compressed file, in hexadecimal
     */
    public record ArchivedFile(String name, long bytes, long rawBytes, String sha256) {}

    long bytes() {
        return files.stream().mapToLong(ArchivedFile::bytes).sum();
    }

    long rawBytes() {
        return files.stream().mapToLong(ArchivedFile::rawBytes).sum();
    }
}
