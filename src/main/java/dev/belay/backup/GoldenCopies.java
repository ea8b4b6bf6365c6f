package dev.belay.backup;

import dev.belay.catalog.Difference;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.database.DatabaseConfig;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.Extensions;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.PgDump;
import dev.belay.postgres.PgRestore;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.scratch.Scratch;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Restores archives on the scratch server, proves them there, and keeps the copy that proved the newest one. */
@ApplicationScoped
public class GoldenCopies {

    private static final int SHOWN = 10;

    private final Scratch scratch;
    private final Backups backups;
    private final BackupConfig config;
    private final DatabaseConfig databases;

    GoldenCopies(Scratch scratch, Backups backups, BackupConfig config, DatabaseConfig databases) {
        this.scratch = scratch;
        this.backups = backups;
        this.config = config;
        this.databases = databases;
    }

    /**
     * Clones the golden copy of a backup for a job. When that copy is no longer there it is restored and proven again.
     *
     * @param word what the clone is for, part of its name
     */
    public DatabaseAddress cloneOf(UUID backup, String word, JobContext job) throws Exception {
        try (DatabaseAdmin admin = scratch.admin()) {
            if (scratch.golden(admin, backup).isEmpty()) {
                prove(backup, job);
            }
            Manifest manifest = backups.manifest(backup);
            String golden = scratch.golden(admin, backup).orElseThrow();
            DatabaseAddress clone = scratch.clone(
                    admin,
                    new Scratch.Purpose(job.jobId(), word),
                    golden,
                    manifest.attributes().owner());
            admin.allowConnections(clone.name(), true);
            manifest.attributes().applySettings(admin, clone.name());
            return clone;
        }
    }

    /**
     * An empty database for a job that is like that of a backup: encoding, settings, extensions. A statement that runs there
     * for longer than a time limit is cancelled.
     */
    public DatabaseAddress empty(Manifest manifest, String word, Duration longestStatement, JobContext job)
            throws SQLException {
        try (DatabaseAdmin admin = scratch.admin()) {
            DatabaseAddress created = scratch.create(
                    admin,
                    new Scratch.Purpose(job.jobId(), word),
                    manifest.shape(),
                    manifest.attributes().owner());
            manifest.attributes().applySettings(admin, created.name());
            admin.execute("ALTER DATABASE " + Identifiers.quote(created.name()) + " SET statement_timeout = "
                    + longestStatement.toMillis());
            Extensions.createWithSchemas(created, manifest.extensions());
            return created;
        }
    }

    /** Bytes on disk of a backup's golden copy. */
    long bytes(UUID backup) throws SQLException {
        try (DatabaseAdmin admin = scratch.admin()) {
            return admin.size(scratch.golden(admin, backup).orElseThrow());
        }
    }

    /**
     * Restores a backup's archive and compares the copy with the fingerprint of the original; the copy becomes golden.
     *
     * @throws dev.belay.problem.ProblemException BACKUP_NOT_PROVEN when they differ, with the objects that do
     */
    void prove(UUID backup, JobContext job) throws Exception {
        Manifest manifest = backups.manifest(backup);
        if (scratch.server().isPrivate()) {
            // Unpacked files, the copy, and about as much again for its indexes and a clone of it.
            Files.createDirectories(databases.dataDirectory());
            DiskSpace.require(4 * manifest.rawBytes(), databases.dataDirectory(), "proving the backup");
        }
        try (DatabaseAdmin admin = scratch.admin()) {
            manifest.roles().copyTo(admin.session());
            DatabaseAddress copy = scratch.create(
                    admin,
                    new Scratch.Purpose(job.jobId(), "proof"),
                    manifest.shape(),
                    manifest.attributes().owner());
            restore(backup, manifest, copy, job);
            compare(manifest, copy, job);
            scratch.promote(admin, copy, manifest.database(), backup);
        }
    }

    /**
     * Restores an archive into an empty database, checking every file on the way, with the extensions in the versions they
     * had, and has PostgreSQL learn its statistics.
     */
    public void restore(UUID backup, Manifest manifest, DatabaseAddress into, JobContext job) throws Exception {
        unpacked(backup, manifest, job, archive -> archive.restore(into, Set.of()));
        analyze(into, job);
    }

    /** An archive whose files lie unpacked. */
    public interface Unpacked {

        /** Restores parts of it; all when none are named. */
        void restore(DatabaseAddress into, Set<PgRestore.Section> sections);
    }

    /** What is done with an unpacked archive. */
    public interface Work {
        void on(Unpacked archive) throws Exception;
    }

    /** Unpacks an archive, checking every file, and removes what was unpacked when the work is done. */
    public void unpacked(UUID backup, Manifest manifest, JobContext job, Work work) throws Exception {
        Path raw = emptyFolder(job);
        try {
            DiskSpace.require(manifest.rawBytes(), databases.dataDirectory(), "the unpacked archive");
            backups.archive(backup).unpack(manifest, raw, job);
            work.on((into, sections) -> pgRestore(raw, manifest, into, sections, job));
        } finally {
            Folders.remove(raw);
        }
    }

    private void pgRestore(
            Path raw, Manifest manifest, DatabaseAddress into, Set<PgRestore.Section> sections, JobContext job) {
        PgRestore.Options options = PgRestore.Options.fast()
                .withJobs(config.sessions())
                .withApplicationName("belay " + job.jobId())
                .withSections(sections);
        boolean first = sections.isEmpty() || sections.contains(PgRestore.Section.PRE_DATA);
        PgRestore.restore(
                Binaries.find(null), raw, into, first ? options.withExtensions(manifest.extensions()) : options, job);
    }

    /** Carries a copy into an empty database of another server, by way of a dump that is removed at the end. */
    public void carry(DatabaseAddress copy, Manifest manifest, DatabaseAddress into, JobContext job) throws Exception {
        Path raw = emptyFolder(job);
        try {
            DiskSpace.require(manifest.rawBytes(), databases.dataDirectory(), "the dump of the copy");
            PgDump.Options options = PgDump.Options.defaults()
                    .withJobs(config.sessions())
                    .withApplicationName("belay " + job.jobId())
                    .withExpectedTables(manifest.fingerprint().tables().size());
            PgDump.dump(Binaries.find(null), copy, raw, options, job);
            pgRestore(raw, manifest, into, Set.of(), job);
        } finally {
            Folders.remove(raw);
        }
        analyze(into, job);
    }

    /** All that there is to compare of a copy that was made by a dump and a restore. */
    public Fingerprint fingerprint(DatabaseAddress copy, JobContext job) {
        return Fingerprinter.take(copy, null, config.sessions(), job).asDumped();
    }

    private Path emptyFolder(JobContext job) throws IOException {
        removeTemporaryFiles(job.jobId());
        Files.createDirectories(databases.dataDirectory().resolve("tmp"));
        return temporary(job.jobId());
    }

    private Path temporary(UUID job) {
        return databases.dataDirectory().resolve("tmp").resolve("restore-" + job);
    }

    /**
     * Compares a restored copy with what the backup's original was.
     *
     * @throws dev.belay.problem.ProblemException BACKUP_NOT_PROVEN when they differ
     */
    public void compare(Manifest manifest, DatabaseAddress copy, JobContext job) throws Exception {
        Fingerprint expected = manifest.fingerprint().asDumped();
        Fingerprint found = fingerprint(copy, job);
        List<Difference> differences = expected.differences(found);
        if (!differences.isEmpty()) {
            throw ProblemType.BACKUP_NOT_PROVEN.because("The restored copy is not equal to the database: "
                    + shown(differences) + " This archive is no backup; the database itself was only read."
                    + " Look at what differs: an extension of another version, storage that loses data, or a schema that"
                    + " pg_dump cannot carry over.");
        }
    }

    /** The first differences, one sentence each. */
    public static String shown(List<Difference> differences) {
        String first =
                differences.stream().limit(SHOWN).map(Difference::message).collect(Collectors.joining("; "));
        int more = differences.size() - SHOWN;
        return first + (more > 0 ? "; and " + more + " more." : ".");
    }

    private static void analyze(DatabaseAddress copy, JobContext job) throws SQLException {
        job.progress(1, "analyzing");
        try (Connection session = copy.open();
                Statement statement = session.createStatement();
                var registration = job.onStop(() -> cancel(statement))) {
            Objects.requireNonNull(registration);
            // a cancel that came before there was anything to cancel is lost
            job.check();
            statement.execute("ANALYZE");
        }
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            Logger.getLogger(GoldenCopies.class).debug("cancelling ANALYZE", e);
        }
    }

    /** Removes what a proof or a restore left on disk when its process was killed. */
    public void removeTemporaryFiles(UUID job) throws IOException {
        Folders.remove(temporary(job));
    }
}
