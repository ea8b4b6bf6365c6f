package dev.belay.backup;

import dev.belay.database.DatabaseConfig;
import dev.belay.database.ScriptFolder;
import dev.belay.job.JobJournal;
import dev.belay.postgres.PasswordFile;
import dev.belay.scratch.Scratch;
import dev.belay.scratch.ScratchServer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Removes at start what jobs have left that are over: a job that is killed on one replica may end on another, and one whose
 * server cannot be reached ends without cleaning up. Only what this control database knows as its own is touched; what
 * belongs to a job that is not over is that job's to find.
 */
@ApplicationScoped
class LeftoverSweep {

    private static final Logger LOG = Logger.getLogger(LeftoverSweep.class);
    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final Pattern ARCHIVE = Pattern.compile(ID + "(?:\\.partial|\\.by-hand(\\.partial)?)?");
    private static final Pattern UNPACKED = Pattern.compile("restore-" + ID);

    private final JobJournal journal;
    private final Backups backups;
    private final GoldenCopies golden;
    private final DatabaseConfig databases;
    private final Scratch scratch;

    LeftoverSweep(JobJournal journal, Backups backups, GoldenCopies golden, DatabaseConfig databases, Scratch scratch) {
        this.journal = journal;
        this.backups = backups;
        this.golden = golden;
        this.databases = databases;
        this.scratch = scratch;
    }

    /** Before any job is begun. What cannot be removed now does not keep the service from starting. */
    void onStart(@Observes @Priority(20) StartupEvent event) {
        try {
            ScriptFolder.removeLeftovers();
            PasswordFile.removeLeftovers();
            removeArchives();
            removeUnpackedFiles();
            scratch.server().adopt();
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "leftovers of earlier jobs could not all be removed; the next start tries again");
        }
    }

    /** When the scratch server is there anyway: none is started for this. */
    void onScratchServer(@Observes ScratchServer.InUse event) {
        try {
            removeCopies();
        } catch (SQLException | RuntimeException e) {
            LOG.warnf(e, "copies of earlier jobs could not all be removed; the next start tries again");
        }
    }

    private void removeCopies() throws SQLException {
        List<UUID> owners;
        try (var admin = scratch.admin()) {
            owners = scratch.jobs(admin);
        }
        for (UUID job : owners) {
            if (journal.isOver(job)) {
                LOG.infof("removing the copies that the job %s has left", job);
                scratch.removeAllOf(job);
            }
        }
    }

    private void removeArchives() throws IOException {
        for (Path folder : backups.folders()) {
            Matcher name = ARCHIVE.matcher(String.valueOf(folder.getFileName()));
            if (name.matches()) {
                UUID backup = UUID.fromString(name.group(1));
                for (UUID job : journal.jobsWith(BackupEvidence.class, "backup", backup.toString())) {
                    if (journal.isOver(job) && name.group(2) != null) {
                        Folders.remove(folder);
                    } else if (journal.isOver(job) && !backups.isProven(backup)) {
                        LOG.infof("removing the unproven archive %s that the job %s has left", backup, job);
                        backups.removeUnproven(job, List.of(backup));
                    }
                }
            }
        }
    }

    private void removeUnpackedFiles() throws IOException {
        Path temporary = databases.dataDirectory().resolve("tmp");
        if (!Files.isDirectory(temporary)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> files = Files.list(temporary)) {
            found = files.toList();
        }
        for (Path file : found) {
            Matcher name = UNPACKED.matcher(String.valueOf(file.getFileName()));
            if (name.matches() && journal.isOver(UUID.fromString(name.group(1)))) {
                LOG.infof("removing the unpacked archive %s", file.getFileName());
                golden.removeTemporaryFiles(UUID.fromString(name.group(1)));
            }
        }
    }
}
