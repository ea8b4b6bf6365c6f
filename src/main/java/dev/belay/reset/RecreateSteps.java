package dev.belay.reset;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.drift.KnownSchemas;
import dev.belay.job.DatabaseState;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseAttributes;
import dev.belay.postgres.DatabaseShape;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.takeover.SwapNames;
import dev.belay.takeover.Takeover;
import dev.belay.takeover.Takeovers;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The new database is made beside the old one, which is dropped only when the new one has taken over its name. */
@ApplicationScoped
class RecreateSteps {

    private final List<Step> steps;

    RecreateSteps(CreateStep create, Takeovers takeovers, DropStep drop, VerifyStep verify) {
        this.steps = List.of(create, new SwapNames(takeovers, DatabaseState.EMPTIED), drop, verify);
    }

    List<Step> steps() {
        return steps;
    }

    /** Makes the new one. */
    @ApplicationScoped
    static class CreateStep implements Step {

        private final Takeovers takeovers;
        private final DatabaseRegistry databases;

        CreateStep(Takeovers takeovers, DatabaseRegistry databases) {
            this.takeovers = takeovers;
            this.databases = databases;
        }

        @Override
        public String name() {
            return "create";
        }

        @Override
        public void run(JobContext job) throws Exception {
            DatabaseAddress live = databases.require(job.database()).address();
            DatabaseShape shape;
            try (DatabaseAdmin admin = new DatabaseAdmin(live.server())) {
                shape = DatabaseShape.read(admin.session(), live.name());
            }
            DatabaseAddress created = takeovers.create(shape, job);
            job.detail("made " + created.name() + ", empty");
        }
    }

    /** Drops the old one, as was asked for. */
    @ApplicationScoped
    static class DropStep implements Step {

        private final Takeovers takeovers;

        DropStep(Takeovers takeovers) {
            this.takeovers = takeovers;
        }

        @Override
        public String name() {
            return "drop";
        }

        @Override
        public void run(JobContext job) throws Exception {
            takeovers.dropReplaced(job);
            job.detail("dropped " + job.need(Takeover.class).keptAs());
        }
    }

    /** Looks at what there is under the name now. */
    @ApplicationScoped
    static class VerifyStep implements Step {

        private final DatabaseRegistry databases;
        private final KnownSchemas known;

        VerifyStep(DatabaseRegistry databases, KnownSchemas known) {
            this.databases = databases;
            this.known = known;
        }

        @Override
        public String name() {
            return "verify";
        }

        @Override
        public void run(JobContext job) throws Exception {
            ManagedDatabase database = databases.require(job.database());
            DatabaseAttributes expected = job.need(DatabaseAttributes.class);
            DatabaseAttributes found;
            try (DatabaseAdmin admin = new DatabaseAdmin(database.address().server())) {
                found = DatabaseAttributes.read(
                        admin.session(), database.address().name());
            }
            if (!expected.equals(found)) {
                throw ProblemType.VERIFICATION_FAILED.because("The database was made anew, but its owner, limit,"
                        + " comment, settings or grants are not those of the old one. It was " + expected + " and is "
                        + found + ". Somebody may have changed them in this moment; set them by hand.");
            }
            known.remember(database, job.jobId());
            job.detail("empty, with the owner, settings, grants and limit it had; " + tables(database)
                    + " tables; POST /migrations makes its schema");
        }

        private static long tables(ManagedDatabase database) throws SQLException {
            try (Connection session = database.address().open();
                    Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_class c JOIN pg_namespace n"
                            + " ON n.oid = c.relnamespace WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_'"
                            + " AND nspname <> 'information_schema'")) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
