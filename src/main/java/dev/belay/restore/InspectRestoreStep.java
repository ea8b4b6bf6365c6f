package dev.belay.restore;

import dev.belay.backup.BackupEvidence;
import dev.belay.backup.Backups;
import dev.belay.backup.ProvenBackup;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.DatabaseState;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.migration.Preflight;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Chooses the backup and refuses what would not survive that another database takes over the name. */
@ApplicationScoped
class InspectRestoreStep implements Step {

    private final DatabaseRegistry databases;
    private final Backups backups;
    private final JobJournal journal;
    private final Preflight preflight;

    InspectRestoreStep(DatabaseRegistry databases, Backups backups, JobJournal journal, Preflight preflight) {
        this.databases = databases;
        this.backups = backups;
        this.journal = journal;
        this.preflight = preflight;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        UUID id = Optional.ofNullable(job.request(RestoreRequest.class).backup())
                .or(() -> beforeLastMigration(database))
                .orElseThrow(
                        () -> ProblemType.INVALID_REQUEST.because(
                                "Belay has not migrated " + database.name()
                                        + ", so it does not know which backup to restore. Nothing was changed. Name it in \"backup\"."));
        ProvenBackup backup = backups.require(id, database.name());
        backups.manifest(id);
        preflight.check(database);
        String live = database.address().name();
        try (Connection session = database.address().open();
                DatabaseAdmin admin = new DatabaseAdmin(database.address().server())) {
            requireNoSlots(session);
            Subscriptions.read(session).requireReadable(session);
            Preflight.requireMayCreate(admin, "restore beside the live one");
            RestorePlan plan =
                    RestorePlan.of(job.jobId(), id, live, admin.oid(live).orElseThrow());
            requireFree(admin, plan.successor());
            requireFree(admin, plan.keptAs());
            job.keep(plan);
        }
        job.result("backup", id);
        job.detail("restores the backup of " + backup.created() + " with " + backup.rows() + " rows");
    }

    /** The backup that the last migration began with, whether it ended well or left something half done. */
    private Optional<UUID> beforeLastMigration(ManagedDatabase database) {
        return Stream.of(DatabaseState.INDETERMINATE, DatabaseState.MIGRATED)
                .flatMap(state -> journal.last(database.name(), JobKind.MIGRATION, state).stream())
                .max(java.util.Comparator.comparing(Job::created))
                .flatMap(job -> journal.evidence(job.id(), BackupEvidence.class))
                .map(BackupEvidence::backup);
    }

    /** A slot belongs to the database itself, not to its name, and where it stands cannot be carried. */
    private static void requireNoSlots(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg('the logical replication slot ' || slot_name,"
                        + " ', ' ORDER BY slot_name) FROM pg_replication_slots WHERE database = current_database()")) {
            row.next();
            if (row.getString(1) != null) {
                throw ProblemType.PREFLIGHT_REFUSED.because(
                        "The database has " + row.getString(1)
                                + ", which would stay with the replaced database and be lost to the restored one. Nothing was"
                                + " changed. Drop it and set it up again afterwards, or ask for a rollback with the method UNDO.");
            }
        }
    }

    private static void requireFree(DatabaseAdmin admin, String name) throws SQLException {
        if (admin.exists(name)) {
            throw ProblemType.PREFLIGHT_REFUSED.because("There is a database " + name + " on that server already, and"
                    + " the restore needs that name. Nothing was changed. Ask again: another job uses another name.");
        }
    }
}
