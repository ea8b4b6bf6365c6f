package dev.belay.draft;

import dev.belay.backup.GoldenCopies;
import dev.belay.database.DatabaseConfig;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.DatabaseShape;
import dev.belay.postgres.Extensions;
import dev.belay.postgres.PgDump;
import dev.belay.postgres.PgRestore;
import dev.belay.postgres.Roles;
import dev.belay.run.JobContext;
import dev.belay.scratch.Scratch;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Puts up databases on the scratch server that have a schema and no rows. All of them go when the job ends. */
@ApplicationScoped
public class Copies {

    private static final String BASE = "draft";

    private final Scratch scratch;
    private final GoldenCopies golden;
    private final DatabaseConfig config;

    Copies(Scratch scratch, GoldenCopies golden, DatabaseConfig config) {
        this.scratch = scratch;
        this.golden = golden;
        this.config = config;
    }

    /** The copy that all others of a job are clones of; kept so that all its steps work on the same live schema. */
    record Base(String name) {}

    ManagedDatabase ofLive(Commission commission, String word, JobContext job) throws Exception {
        ManagedDatabase live = commission.live();
        try (DatabaseAdmin admin = scratch.admin()) {
            String base = base(commission, admin, job);
            DatabaseAttributes attributes = attributes(live);
            DatabaseAddress clone =
                    scratch.clone(admin, new Scratch.Purpose(job.jobId(), word), base, attributes.owner());
            attributes.applySettings(admin, clone.name());
            return live.copyAt(clone);
        }
    }

    private String base(Commission commission, DatabaseAdmin admin, JobContext job) throws Exception {
        String known = job.evidence(Base.class).map(Base::name).orElse("");
        if (!known.isEmpty() && admin.exists(known)) {
            return known;
        }
        String name = of(commission.live(), commission.project().modules(), BASE, job)
                .address()
                .name();
        job.keep(new Base(name));
        return name;
    }

    /** An empty database that sorts and stores text as another one does, with its roles. */
    public ManagedDatabase empty(ManagedDatabase like, String word, JobContext job) throws SQLException {
        try (DatabaseAdmin admin = scratch.admin();
                Connection session = like.address().server().maintenance().open()) {
            Roles.read(session).copyTo(admin.session());
            DatabaseAttributes attributes =
                    DatabaseAttributes.read(session, like.address().name());
            DatabaseAddress made = scratch.create(
                    admin,
                    new Scratch.Purpose(job.jobId(), word),
                    DatabaseShape.read(session, like.address().name()),
                    attributes.owner());
            attributes.applySettings(admin, made.name());
            return like.copyAt(made);
        }
    }

    /** @param modules those whose history tables keep their rows */
    ManagedDatabase of(ManagedDatabase database, List<ProjectModule> modules, String word, JobContext job)
            throws Exception {
        ManagedDatabase copy = empty(database, word, job);
        List<Extensions.Extension> extensions;
        try (Connection session = database.address().open()) {
            extensions = Extensions.read(session);
        }
        String application = "belay " + job.jobId();
        Path temporary = config.dataDirectory().resolve("tmp");
        // The name is that of an unpacked archive, so that a start after a crash removes it.
        Path raw = temporary.resolve("restore-" + job.jobId());
        try {
            golden.removeTemporaryFiles(job.jobId());
            Files.createDirectories(temporary);
            job.progress(0.2, "reading the schema of " + database.name());
            PgDump.dump(
                    Binaries.find(database.binaries()),
                    database.address(),
                    raw,
                    PgDump.Options.defaults().ofSchemaOnly().withApplicationName(application),
                    job);
            job.progress(0.4, "making a copy of the schema of " + database.name());
            PgRestore.restore(
                    Binaries.find(null),
                    raw,
                    copy.address(),
                    PgRestore.Options.fast().withApplicationName(application).withExtensions(extensions),
                    job);
        } finally {
            golden.removeTemporaryFiles(job.jobId());
        }
        FilledViews.like(database.address(), copy.address());
        HistoryRows.copy(database.address(), copy.address(), modules);
        return copy;
    }

    private static DatabaseAttributes attributes(ManagedDatabase database) throws SQLException {
        try (Connection session = database.address().server().maintenance().open()) {
            return DatabaseAttributes.read(session, database.address().name());
        }
    }
}
