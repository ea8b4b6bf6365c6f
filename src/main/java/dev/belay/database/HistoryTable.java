package dev.belay.database;

import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/** A module's schema history table, where Flyway's own view of it is not enough. */
public final class HistoryTable {

    private static final String ARCHIVE = "_before_squash";
    private static final int LONGEST = 63;
    private static final int MOST_ARCHIVES = 9;

    private final ProjectModule module;

    public HistoryTable(ProjectModule module) {
        this.module = module;
    }

    /** Its qualified name, quoted where PostgreSQL needs it or not. */
    public String quotedName() {
        return Identifiers.quote(module.schema()) + "." + Identifiers.quote(module.history());
    }

    /**
     * The name of a table in the same schema that keeps rows of before a squash.
     *
     * @param number from 1; the oldest has the lowest
     */
    public String archive(int number) {
        String end = ARCHIVE + (number == 1 ? "" : "_" + number);
        return Identifiers.shortened(module.history(), LONGEST - end.length()) + end;
    }

    /** Its name and those of the tables that may keep rows of before a squash, qualified and unquoted. */
    public List<String> withArchives() {
        List<String> names = new ArrayList<>(List.of(module.schema() + "." + module.history()));
        for (int i = 1; i <= MOST_ARCHIVES; i++) {
            names.add(module.schema() + "." + archive(i));
        }
        return names;
    }

    /**
     * Whether a name is that of a table that keeps rows of before a squash, or of something that belongs to one.
     *
     * @param history the history table, qualified and unquoted
     * @param name qualified and unquoted
     */
    public static boolean isArchive(String history, String name) {
        int bare = history.indexOf('.') + 1;
        return name.startsWith(history.substring(0, bare)
                        + Identifiers.shortened(history.substring(bare), LONGEST - ARCHIVE.length() - 3))
                && name.contains(ARCHIVE);
    }

    public boolean exists(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, quotedName());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /**
     * Whether the module's schema has objects but no history, so that Flyway cannot tell what is applied: it begins at a
     * baseline then, or not at all. Counts as Flyway does: what belongs to an extension does not make a schema used.
     */
    public boolean isMissingInUsedSchema(Connection session) throws SQLException {
        String sql = "SELECT EXISTS (SELECT FROM (SELECT oid, relnamespace AS space FROM pg_catalog.pg_class"
                + " WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"
                + " UNION ALL SELECT oid, pronamespace FROM pg_catalog.pg_proc"
                + " UNION ALL SELECT oid, typnamespace FROM pg_catalog.pg_type WHERE typcategory NOT IN ('A', 'C')) o"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = o.space WHERE n.nspname = ? AND NOT EXISTS"
                + " (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e'))";
        if (exists(session)) {
            return false;
        }
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, module.schema());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** The version at which the history begins without having run any script; empty when it begins with a script. */
    public Optional<MigrationVersion> baseline(Connection session) throws SQLException {
        if (!exists(session)) {
            return Optional.empty();
        }
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT max(version) FROM " + quotedName() + " WHERE type = 'BASELINE'")) {
            row.next();
            return Optional.ofNullable(row.getString(1)).map(MigrationVersion::fromVersion);
        }
    }

    /**
     * A version that is applied.
     *
     * @param at when, by the clock and in the time zone of the session that applied it
     */
    public record Installed(MigrationVersion version, LocalDateTime at) {}

    /** The versions that scripts have applied and nobody has taken back, in the order in which they were. */
    public List<Installed> installed(Connection session) throws SQLException {
        List<Installed> found = new ArrayList<>();
        if (!exists(session)) {
            return found;
        }
        String sql = "SELECT version, installed_on FROM " + quotedName() + " h WHERE version IS NOT NULL AND success"
                + " AND type NOT IN ('DELETE', 'SCHEMA', 'BASELINE') AND NOT EXISTS (SELECT FROM " + quotedName()
                + " later WHERE later.version = h.version AND later.success"
                + " AND later.installed_rank > h.installed_rank) ORDER BY installed_rank";
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(new Installed(
                        MigrationVersion.fromVersion(rows.getString(1)), rows.getObject(2, LocalDateTime.class)));
            }
        }
        return found;
    }

    /**
     * Refuses a history with undo rows as a paid edition of Flyway writes them: the free edition fails on them or, worse,
     * misreads them.
     */
    void refuseUndoRows(Connection session) throws SQLException {
        if (!exists(session)) {
            return;
        }
        List<String> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery("SELECT installed_rank, coalesce(version, '-'), type FROM "
                        + quotedName() + " WHERE type LIKE 'UNDO%' ORDER BY installed_rank")) {
            while (rows.next()) {
                found.add("rank " + rows.getInt(1) + ": " + rows.getString(3) + " of version " + rows.getString(2));
            }
        }
        if (!found.isEmpty()) {
            throw ProblemType.HISTORY_NOT_USABLE.because("The history table " + quotedName()
                    + " has undo rows that a paid edition of Flyway wrote (" + String.join("; ", found)
                    + "). Flyway's free edition, which Belay uses, cannot read such a history. Nothing was changed."
                    + " Have the row of each undone version and its undo row removed, then ask again.");
        }
    }

    /**
     * Records, in the session's transaction, that a version was taken back. Flyway's free edition writes such a row itself
     * when a missing migration is repaired, and from then on sees the version as pending; the history is kept whole.
     */
    public void recordUndone(Connection session, MigrationVersion version, long milliseconds) throws SQLException {
        String sql = "INSERT INTO " + quotedName()
                + " (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
                + " SELECT (SELECT max(installed_rank) + 1 FROM " + quotedName() + "), version, description, 'DELETE',"
                + " script, checksum, current_user, ?, true FROM " + quotedName()
                + " WHERE version = ? AND success AND type NOT IN ('DELETE', 'SCHEMA')"
                + " ORDER BY installed_rank DESC LIMIT 1";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setInt(1, (int) Math.min(milliseconds, Integer.MAX_VALUE));
            statement.setString(2, version.getVersion());
            if (statement.executeUpdate() != 1) {
                throw new SQLException(quotedName() + " has no row of version " + version);
            }
        }
    }

    /** Removes the row of a failed script whose effects are gone. */
    public void removeFailed(Connection session) throws SQLException {
        if (exists(session)) {
            try (Statement statement = session.createStatement()) {
                statement.execute("DELETE FROM " + quotedName() + " WHERE NOT success");
            }
        }
    }
}
