package dev.belay.state;

import dev.belay.backup.Backups;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.database.SchemaInspector;
import dev.belay.drift.KnownSchemas;
import dev.belay.job.Jobs;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** The one source of what state a database's schema is in. Never fails because a database cannot be asked. */
@ApplicationScoped
public class SchemaStates {

    private static final Logger LOG = Logger.getLogger(SchemaStates.class);

    private final DatabaseRegistry databases;
    private final Jobs jobs;
    private final Backups backups;
    private final KnownSchemas known;
    private final Lookout lookout = new Lookout(Duration.ofSeconds(5));

    SchemaStates(DatabaseRegistry databases, Jobs jobs, Backups backups, KnownSchemas known) {
        this.databases = databases;
        this.jobs = jobs;
        this.backups = backups;
        this.known = known;
    }

    /** The state of one database; takes about five seconds when its server does not answer. */
    public DatabaseSchema of(ManagedDatabase database) {
        return schema(database, lookout.await(ask(database)));
    }

    /** The states of all databases in the order of their names; asked at once, so this takes as long as the slowest. */
    public List<DatabaseSchema> all() {
        Map<ManagedDatabase, CompletableFuture<Found>> asked = new LinkedHashMap<>();
        databases.all().forEach(database -> asked.put(database, ask(database)));
        return asked.entrySet().stream()
                .map(entry -> schema(entry.getKey(), lookout.await(entry.getValue())))
                .toList();
    }

    @PreDestroy
    void close() {
        lookout.close();
    }

    private CompletableFuture<Found> ask(ManagedDatabase database) {
        return lookout.ask(database.name(), () -> look(database));
    }

    private Found look(ManagedDatabase database) {
        try {
            Project project = databases.project(database);
            return Found.of(
                    SchemaInspector.inspect(database, project),
                    known.drift(database, project.modules()).orElse(null));
        } catch (ProblemException e) {
            return Found.trouble(SchemaStatus.INVALID, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            return refused(e);
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "the schema of %s could not be looked at", database.name());
            return Found.trouble(
                    SchemaStatus.INVALID,
                    "The schema could not be looked at for a reason that Belay does not know; its log has the details."
                            + " Nothing was changed.");
        }
    }

    private static Found refused(SQLException e) {
        String said = "PostgreSQL said: " + SqlStates.message(e) + " Nothing was changed.";
        // 42: no such column, no permission, … The server answers, but not with a history that can be read.
        boolean answered = e.getSQLState() != null && e.getSQLState().startsWith("42");
        return Found.trouble(answered ? SchemaStatus.INVALID : SchemaStatus.UNREACHABLE, said);
    }

    private DatabaseSchema schema(ManagedDatabase database, Found found) {
        return new DatabaseSchema(
                database.name(),
                database.environment(),
                database.project(),
                found.status(),
                found.problem(),
                found.modules(),
                found.drift(),
                jobs.underway(database.name()).map(UnderwayJob::of).orElse(null),
                backups.lastProven(database.name()).orElse(null));
    }
}
