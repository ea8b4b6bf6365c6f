package dev.belay.rehearsal;

import dev.belay.database.Environment;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.policy.Policy;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.scope.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;

/** A database as it is before, and one script to run on copies of it. */
record Workload(String name, int statements, DatabaseAddress template, String sql) {

    private static final String FILE = "V1__workload.sql";
    private static final int TABLES = 500;

    /** On a database with a million students. */
    static Workload onStudents(String name, int statements, DatabaseAddress students) throws IOException {
        return new Workload(name, statements, students, resource(name + ".sql"));
    }

    static DatabaseAddress students() throws IOException {
        return database(resource("students.sql"));
    }

    /** As many statements as tables, each of which writes to PostgreSQL's catalog and finds nothing to do. */
    static Workload tiny() {
        DatabaseAddress tables = database(forEach(i -> "CREATE TABLE t" + i
                + " (id int PRIMARY KEY, before int REFERENCES t"
                + Math.max(1, i - 1) + ", a text NOT NULL, b text DEFAULT 'none', c numeric(9, 2) CHECK (c >= 0),"
                + " d date, e timestamptz, f boolean, g varchar(30), h bigint); CREATE INDEX ON t" + i + " (before);"));
        return new Workload("tiny", TABLES, tables, forEach(i -> switch (i % 5) {
            case 0 -> "ALTER TABLE t" + i + " ADD x text;";
            case 1 -> "CREATE INDEX ON t" + i + " (d);";
            case 2 -> "ALTER TABLE t" + i + " ADD CHECK (h > 0);";
            case 3 -> "ALTER TABLE t" + i + " ALTER f SET DEFAULT false;";
            default -> "COMMENT ON TABLE t" + i + " IS 'one of many';";
        }));
    }

    private static String forEach(IntFunction<String> table) {
        return IntStream.rangeClosed(1, TABLES).mapToObj(table).collect(Collectors.joining("\n"));
    }

    private static DatabaseAddress database(String sql) {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(database, sql, "VACUUM ANALYZE");
        return database;
    }

    private static String resource(String file) throws IOException {
        try (InputStream content = Objects.requireNonNull(Workload.class.getResourceAsStream("/overhead/" + file))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What Belay makes of it. */
    Scope scope() {
        Script script = new Script(Script.Kind.VERSIONED, FILE, "1", "workload", sql, null);
        ProjectModule module =
                new ProjectModule("app", Set.of(), "public", "flyway_schema_history", "0", Map.of(), List.of(script));
        return new Scope(List.of(new Scope.Part(module, "0", "1", List.of(FILE))));
    }

    static ManagedDatabase managed(DatabaseAddress address) {
        return new ManagedDatabase(
                "app", address, "app", Environment.DEVELOPMENT, address.server().user(), null, Policy.lenient(), null);
    }

    /** Flyway as it comes, with the script in a folder. */
    Flyway flyway(DatabaseAddress address, Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), sql);
        return Flyway.configure()
                .dataSource(
                        address.jdbcUrl(),
                        address.server().user(),
                        address.server().password())
                .locations("filesystem:" + folder)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                // as in Belay: with Flyway's own lock CREATE INDEX CONCURRENTLY waits for ever
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }
}
