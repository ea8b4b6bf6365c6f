package dev.belay;

import org.flywaydb.core.Flyway;

/** A project of five modules, one of whose tables has a name that is hard to write down. */
public final class School {

    /** The modules, in another order than that in which they are migrated. */
    public static final String YAML = """
            modules:
              - {name: results, dependsOn: [exams, students]}
              - {name: students, dependsOn: [academics]}
              - {name: exams, dependsOn: [academics]}
              - {name: academics}
              - {name: core}
            """;

    private static final String BATCH = "\"Batch \"\"é\"\" of\"";

    private School() {}

    /** The project on an empty database. */
    public static TestDatabase claim() {
        return TestDatabase.claim()
                .yaml(YAML)
                .file("core/V1__core.sql", "CREATE TABLE profile (id int PRIMARY KEY)")
                .file("core/U1__core.sql", "DROP TABLE profile")
                .file("academics/V1__batch.sql", "CREATE TABLE " + BATCH + " (id int PRIMARY KEY)")
                .file("academics/U1__batch.sql", "DROP TABLE " + BATCH)
                .file(
                        "students/V1__student.sql",
                        "CREATE TABLE student (id int PRIMARY KEY, batch int REFERENCES " + BATCH + ")")
                .file("students/U1__student.sql", "DROP TABLE student")
                .file("students/V2__code.sql", "ALTER TABLE student ADD code int UNIQUE")
                .file("students/U2__code.sql", "ALTER TABLE student DROP code")
                .file(
                        "exams/V1__exam.sql",
                        "CREATE TABLE exam (id int PRIMARY KEY, batch int REFERENCES " + BATCH + ")")
                .file("exams/U1__exam.sql", "DROP TABLE exam")
                .file(
                        "results/V1__result.sql",
                        "CREATE TABLE result (id int PRIMARY KEY,"
                                + " student int CONSTRAINT \"of whom\" REFERENCES student, exam int REFERENCES exam)")
                .file("results/U1__result.sql", "DROP TABLE result")
                .file("results/V2__marks.sql", "ALTER TABLE result ADD marks int")
                .file("results/U2__marks.sql", "ALTER TABLE result DROP marks")
                .file("results/V3__outcome.sql", "ALTER TABLE result ADD outcome text")
                .file("results/U3__outcome.sql", "ALTER TABLE result DROP outcome");
    }

    /** Applies modules as far as a version, one after the other, as Flyway's users do without Belay. */
    public static TestDatabase apply(TestDatabase database, String... modulesWithVersions) {
        for (String next : modulesWithVersions) {
            String module = next.substring(0, next.indexOf(' '));
            Flyway.configure()
                    .dataSource(
                            database.address().jdbcUrl(),
                            database.address().server().user(),
                            database.address().server().password())
                    .locations("filesystem:" + database.project().resolve(module))
                    .table("flyway_schema_history_" + module)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .target(next.substring(module.length() + 1))
                    .load()
                    .migrate();
        }
        return database;
    }

    /** The versions in a module's history that are rows of scripts. */
    public static String versions(TestDatabase database, String module) {
        return database.ask("SELECT string_agg(version, ' ' ORDER BY installed_rank) FROM flyway_schema_history_"
                + module + " WHERE type = 'SQL'");
    }
}
