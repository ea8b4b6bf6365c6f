package dev.belay.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.catalog.SequenceRange;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.DatabaseShape;
import dev.belay.postgres.ExportedSnapshot;
import dev.belay.postgres.Extensions;
import dev.belay.postgres.PgDump;
import dev.belay.postgres.Roles;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes the archive. Fingerprint and dump read one snapshot, so they agree to the row while applications go on writing.
 */
@ApplicationScoped
public class BackUpStep implements Step {

    private static final Logger LOG = Logger.getLogger(BackUpStep.class);

    private final DatabaseRegistry databases;
    private final BackupConfig config;
    private final Backups backups;
    private final Clock clock;
    private final ObjectMapper json;

    BackUpStep(DatabaseRegistry databases, BackupConfig config, Backups backups, Clock clock, ObjectMapper json) {
        this.databases = databases;
        this.config = config;
        this.backups = backups;
        this.clock = clock;
        this.json = json;
    }

    private record Dumped(Fingerprint fingerprint, Instant taken) {}

    @Override
    public String name() {
        return "back-up";
    }

    @Override
    public void run(JobContext job) throws Exception {
        removeLeftovers(job);
        ManagedDatabase database = databases.require(job.database());
        UUID id = UUID.randomUUID();
        job.keep(new BackupEvidence(id));
        backups.prepare();
        Path partial = Files.createDirectory(backups.partialFolder(id));
        DiskSpace.requireForDump(database, partial);
        Dumped dumped = dumpOnceMore(database, partial.resolve("raw"), job);
        Manifest manifest = manifest(id, database, dumped, partial, job);
        String sha256 = Archive.seal(partial, backups.finalFolder(id), manifest, json);
        backups.add(manifest, job.jobId(), sha256);
        job.result("backup", id);
        job.detail(String.format(
                Locale.ROOT,
                "%d tables, %,d rows, %s compressed to %s",
                manifest.fingerprint().tables().size(),
                manifest.fingerprint().rows(),
                Bytes.shown(manifest.rawBytes()),
                Bytes.shown(manifest.bytes())));
    }

    private void removeLeftovers(JobContext job) throws Exception {
        List<UUID> begun = job.evidence(BackupEvidence.class).map(BackupEvidence::backup).stream()
                .toList();
        backups.removeUnproven(job.jobId(), begun);
    }

    /** A change of the schema during the dump can break it; the second time it is told. */
    private Dumped dumpOnceMore(ManagedDatabase database, Path raw, JobContext job) throws Exception {
        try {
            return dump(database, raw, job);
        } catch (ProblemException e) {
            job.check();
            if (e.type() != ProblemType.TOOL_FAILED) {
                throw e;
            }
            LOG.warnf("the dump is tried once more: %s", e.getMessage());
            Folders.remove(raw);
            return dump(database, raw, job);
        }
    }

    private Dumped dump(ManagedDatabase database, Path raw, JobContext job) throws Exception {
        try (ExportedSnapshot snapshot =
                ExportedSnapshot.take(database.address().open())) {
            Instant taken = clock.instant();
            SortedMap<String, SequenceRange> before = Fingerprinter.sequences(database.address());
            Fingerprint fingerprint = Fingerprinter.take(database.address(), snapshot.name(), config.sessions(), job);
            PgDump.Options options = PgDump.Options.defaults()
                    .withJobs(config.sessions())
                    .withSnapshot(snapshot.name())
                    .withApplicationName("belay " + job.jobId())
                    .withExpectedTables(fingerprint.tables().size());
            PgDump.dump(Binaries.find(database.binaries()), database.address(), raw, options, job);
            SortedMap<String, SequenceRange> after = Fingerprinter.sequences(database.address());
            return new Dumped(fingerprint.withSequencesBetween(before, after), taken);
        }
    }

    private Manifest manifest(UUID id, ManagedDatabase database, Dumped dumped, Path partial, JobContext job)
            throws Exception {
        Path raw = partial.resolve("raw");
        List<Manifest.ArchivedFile> files = Archive.pack(raw, partial, config.compressionLevel(), job);
        Folders.remove(raw);
        String name = database.address().name();
        try (Connection session = database.address().server().maintenance().open();
                Connection inside = database.address().open()) {
            return new Manifest(
                    id,
                    job.database(),
                    dumped.taken(),
                    session.getMetaData().getDatabaseProductVersion(),
                    Binaries.find(database.binaries()).major(),
                    DatabaseShape.read(session, name),
                    DatabaseAttributes.read(session, name),
                    Roles.read(session),
                    Extensions.read(inside),
                    dumped.fingerprint(),
                    files);
        }
    }
}
