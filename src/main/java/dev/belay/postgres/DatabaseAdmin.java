package dev.belay.postgres;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Creates, clones, closes, renames and drops databases of one server, from a session in its maintenance database. */
public final class DatabaseAdmin implements AutoCloseable {

    private static final Duration TEMPLATE_PATIENCE = Duration.ofSeconds(30);

    private final Connection session;

    public DatabaseAdmin(ServerAddress server) throws SQLException {
        this.session = server.maintenance().open();
    }

    /** The session everything is done on, for questions about the server. Owned by this object. */
    public Connection session() {
        return session;
    }

    /** The identity of a database, which a rename does not change; empty when there is none of this name. */
    public OptionalLong oid(String database) throws SQLException {
        Optional<String> oid = ask("SELECT oid::text FROM pg_database WHERE datname = ?", database);
        return oid.isPresent() ? OptionalLong.of(Long.parseLong(oid.get())) : OptionalLong.empty();
    }

    public boolean exists(String database) throws SQLException {
        return oid(database).isPresent();
    }

    /** Bytes on disk. */
    public long size(String database) throws SQLException {
        return Long.parseLong(
                ask("SELECT pg_database_size(?::name)::text", database).orElse("0"));
    }

    public void create(String database, DatabaseShape shape, String owner) throws SQLException {
        execute("CREATE DATABASE " + quote(database) + " OWNER " + quote(owner) + " TEMPLATE template0 "
                + shape.clauses());
    }

    /**
     * Makes a copy with the same OIDs inside. Nobody may be connected to the template; a session that is just ending is
     * waited for.
     */
    public void cloneFrom(String template, String database, String owner) throws SQLException {
        String strategy = serverMajor() >= 15 ? " STRATEGY file_copy" : "";
        long deadline = System.nanoTime() + TEMPLATE_PATIENCE.toNanos();
        while (true) {
            try {
                execute("CREATE DATABASE " + quote(database) + " OWNER " + quote(owner) + " TEMPLATE " + quote(template)
                        + strategy);
                return;
            } catch (SQLException e) {
                // 55006 object_in_use: PostgreSQL itself has waited five seconds by then.
                if (!"55006".equals(e.getSQLState()) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /** Ends the sessions in the database and drops it; does nothing when there is none. */
    public void drop(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + quote(database) + " WITH (FORCE)");
    }

    public void rename(String from, String to) throws SQLException {
        execute("ALTER DATABASE " + quote(from) + " RENAME TO " + quote(to));
    }

    /** Lets sessions in or keeps them out, superusers included; sessions that are there already stay. */
    public void allowConnections(String database, boolean allow) throws SQLException {
        execute("ALTER DATABASE " + quote(database) + " WITH ALLOW_CONNECTIONS " + allow);
    }

    /** Whether the database lets sessions in. */
    public boolean allowsConnections(String database) throws SQLException {
        return ask("SELECT datallowconn::text FROM pg_database WHERE datname = ?", database)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /**
     * Ends the sessions in the databases but for the given ones; returns how many are left to end. Who is no superuser is
     * not told what kind of session another role's is, and may not end the server's own workers, which give way by
     * themselves.
     */
    public int terminate(List<String> databases, List<Integer> but) throws SQLException {
        String sql = "SELECT count(pg_terminate_backend(pid))::int FROM pg_stat_activity"
                + " WHERE datname = ANY (?) AND pid <> ALL (?) AND backend_type IS DISTINCT FROM 'parallel worker'"
                + " AND (usesysid IS NOT NULL OR current_setting('is_superuser')::boolean)";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setArray(1, session.createArrayOf("text", databases.toArray()));
            statement.setArray(2, session.createArrayOf("int4", but.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Marks a database as Belay's own; only marked ones are ever removed as leftovers. */
    public void mark(String database, String mark) throws SQLException {
        comment(database, mark);
    }

    /** Null takes a comment away. */
    public void comment(String database, @Nullable String comment) throws SQLException {
        execute("COMMENT ON DATABASE " + quote(database) + " IS " + (comment == null ? "NULL" : literal(comment)));
    }

    public Optional<String> markOf(String database) throws SQLException {
        return ask("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?", database);
    }

    /** The databases whose mark begins with the given text. */
    public List<String> marked(String beginning) throws SQLException {
        String sql = "SELECT datname FROM pg_database WHERE starts_with(shobj_description(oid, 'pg_database'), ?)"
                + " ORDER BY datname";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, beginning);
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }
    }

    /** Whether the user of this session may create databases. */
    public boolean mayCreate() throws SQLException {
        return ask(
                        "SELECT (rolsuper OR rolcreatedb)::text FROM pg_roles WHERE rolname = ?",
                        session.getMetaData().getUserName())
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    public int serverMajor() throws SQLException {
        return session.getMetaData().getDatabaseMajorVersion();
    }

    /** Runs one statement outside any transaction of the caller. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private Optional<String> ask(String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
