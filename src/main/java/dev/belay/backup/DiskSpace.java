package dev.belay.backup;

import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Refuses work for which there is clearly no room, before it has filled the disk. */
final class DiskSpace {

    private DiskSpace() {}

    /**
     * The dump lies uncompressed beside the archive until it is packed. Text is about as large as the tables; the indexes,
     * which are not dumped, make up for the archive.
     */
    static void requireForDump(ManagedDatabase database, Path folder) throws SQLException, IOException {
        try (DatabaseAdmin admin = new DatabaseAdmin(database.address().server())) {
            require(admin.size(database.address().name()), folder, "the dump of " + database.name());
        }
    }

    static void require(long bytes, Path folder, String what) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw ProblemType.DISK_FULL.because("There is not enough space for " + what + ": it needs about "
                    + Bytes.shown(bytes) + ", and " + folder.toAbsolutePath() + " has " + Bytes.shown(free)
                    + ". Nothing was changed. Free space there, or configure another folder.");
        }
    }
}
