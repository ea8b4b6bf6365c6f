package dev.belay.relabel;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.HistoryTable;
import dev.belay.database.ProjectModule;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A module's history table, and the tables in which older histories are kept. */
final class History {

    private final ProjectModule module;
    private final String table;

    History(ProjectModule module) {
        this.module = module;
        this.table = new HistoryTable(module).quotedName();
    }

    /** The row that Flyway has written of the module's first version. */
    RelabelPlan.Label label(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT version, description, script, checksum FROM " + table
                        + " WHERE type = 'SQL' AND version IS NOT NULL ORDER BY installed_rank LIMIT 1")) {
            row.next();
            return new RelabelPlan.Label(
                    row.getString(1), row.getString(2), row.getString(3), (Integer) row.getObject(4));
        }
    }

    /** Of all rows, so that what is kept can be told to be what was there. */
    String digest(Connection session) throws SQLException {
        return Objects.requireNonNull(ask(
                session,
                "SELECT pg_catalog.md5(coalesce(pg_catalog.string_agg(h::text, E'\\n' ORDER BY installed_rank), ''))"
                        + " FROM " + table + " h"));
    }

    /** The newest table of old rows; null when there is none. */
    @Nullable
    String lastArchive(Connection session) throws SQLException {
        String last = null;
        HistoryTable history = new HistoryTable(module);
        for (int i = 1; exists(session, history.archive(i)); i++) {
            last = history.archive(i);
        }
        return last;
    }

    String nextArchive(Connection session) throws SQLException {
        HistoryTable history = new HistoryTable(module);
        int i = 1;
        while (exists(session, history.archive(i))) {
            i++;
        }
        return history.archive(i);
    }

    /**
     * Refuses a history to which something was added since it was re-labelled.
     *
     * @throws dev.belay.problem.ProblemException HISTORY_NOT_USABLE, with the versions
     */
    void requireOnlyLabel(Connection session) throws SQLException {
        String since = ask(
                session,
                "SELECT CASE WHEN count(*) > 1 THEN pg_catalog.string_agg(version, ', ' ORDER BY installed_rank) END FROM "
                        + table + " WHERE version IS NOT NULL");
        if (since != null) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The history of " + module.name()
                    + " has more rows since it was re-labelled (versions " + since
                    + "), and the old rows would not go with them. Nothing was changed. Restore the backup of that job"
                    + " instead.");
        }
    }

    /** Whether a table of old rows is there and was made by this job. */
    boolean isArchivedBy(Connection session, String archive, UUID job) throws SQLException {
        return exists(session, archive)
                && Objects.requireNonNullElse(
                                ask(
                                        session,
                                        "SELECT pg_catalog.obj_description("
                                                + literal(qualified(archive)).strip() + "::regclass, 'pg_class')"),
                                "")
                        .contains(job.toString());
    }

    boolean exists(Connection session, String archive) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            query.setString(1, qualified(archive));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Keeps all rows, and puts one in the place of those that have a version. In the session's transaction. */
    void label(Connection session, RelabelPlan.Part part, UUID job) throws SQLException {
        RelabelPlan.Label label = Objects.requireNonNull(part.label());
        String archive = qualified(part.archive());
        lock(session, part);
        String owner = ask(
                session,
                "SELECT pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(relowner)) FROM pg_catalog.pg_class"
                        + " WHERE oid = " + literal(table).strip() + "::regclass");
        try (Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE " + archive + " AS TABLE " + table);
            statement.execute("ALTER TABLE " + archive + " OWNER TO " + owner);
            statement.execute("COMMENT ON TABLE " + archive + " IS "
                    + literal("The history of the module " + module.name() + " before the job " + job
                            + " re-labelled it."));
            statement.execute("DELETE FROM " + table + " WHERE version IS NOT NULL");
        }
        String sql = "INSERT INTO " + table + " (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) SELECT min(installed_rank), ?, ?, 'SQL', ?, ?, current_user, 0,"
                + " true FROM " + archive + " WHERE version IS NOT NULL";
        try (PreparedStatement insert = session.prepareStatement(sql)) {
            insert.setString(1, label.version());
            insert.setString(2, label.description());
            insert.setString(3, label.script());
            insert.setObject(4, label.checksum(), java.sql.Types.INTEGER);
            insert.executeUpdate();
        }
    }

    /** Brings the old rows back. Repeatable scripts that ran since keep their rows, behind all others. */
    void takeBack(Connection session, RelabelPlan.Part part) throws SQLException {
        String archive = qualified(part.archive());
        lock(session, part);
        requireOnlyLabel(session);
        try (Statement statement = session.createStatement()) {
            statement.execute("DELETE FROM " + table + " WHERE version IS NOT NULL");
            statement.execute("UPDATE " + table + " h SET installed_rank = installed_rank"
                    + " + (SELECT max(installed_rank) FROM " + archive + ") WHERE NOT EXISTS (SELECT FROM " + archive
                    + " a WHERE a.installed_rank = h.installed_rank AND a.version IS NULL AND a.script = h.script)");
            statement.execute("INSERT INTO " + table + " SELECT * FROM " + archive + " WHERE version IS NOT NULL");
            statement.execute("DROP TABLE " + archive);
        }
    }

    private void lock(Connection session, RelabelPlan.Part part) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
        }
        if (!digest(session).equals(part.digest())) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The history of " + module.name()
                    + " was changed while the job was under way. Nothing was changed by it. Ask again.");
        }
    }

    private String qualified(String archive) {
        return quote(module.schema()) + "." + quote(archive);
    }

    private static @Nullable String ask(Connection session, String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }
}
