package dev.belay.openapi;

import static io.restassured.RestAssured.get;

import dev.belay.database.DatabaseRegistry;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.util.List;
import org.flywaydb.core.Flyway;

/** The demo's second project, brought by plain Flyway to where the examples begin. */
final class Sims {

    private static final String NEWEST = "latest";
    private static final List<String> OLD = List.of(
            "django 1",
            "academics 3",
            "attendance 2",
            "results 2",
            "audit 2",
            "admissions 2",
            "enrollment 1",
            "assessments 1",
            "requests 1",
            "transcripts 1");

    private final DatabaseRegistry databases;

    Sims(DatabaseRegistry databases) {
        this.databases = databases;
    }

    /** The old system, from which staging is refreshed. */
    void old() {
        OLD.forEach(module -> apply("sims", module.replaceFirst(" .*", ""), module.replaceFirst(".* ", "")));
    }

    /** The new release, with a draft of a result, since what a student may not see is tried on one; and a column that is new. */
    void released() {
        List<String> order = get("/projects/sims").jsonPath().getList("order", String.class);
        for (String database : List.of("sims", "sims-dev")) {
            order.forEach(module -> apply(database, module, NEWEST));
        }
        TestPostgres.execute(address("sims"), """
                INSERT INTO academics_program (id, name, description, is_active, created_at, updated_at)
                VALUES (-1, 'belay', '', false, now(), now());
                INSERT INTO academics_batch (id, program_id, name, start_year, is_active)
                VALUES (-1, -1, 'belay', 2024, false);
                INSERT INTO academics_group (id, batch_id, name) VALUES (-1, -1, 'A');
                INSERT INTO students_student (id, reg_no, program_id, batch_id, group_id, name, father_name, national_id,
                                              gender, email, phone, address, guardian_phone, photo, status,
                                              enrollment_year, created_at, updated_at)
                VALUES (-1, 'belay-1', -1, -1, -1, '', '', '', '', '', '', '', '', '', 'ACTIVE', 2024, now(), now());
                INSERT INTO academics_academicperiod (id, name, period_type, start_date, end_date, status)
                VALUES (-1, 'belay', 'YEAR', '2024-01-01', '2024-12-31', 'OPEN');
                INSERT INTO exams_exam (id, academic_period_id, program_id, title, exam_type, created_at, updated_at)
                VALUES (-1, -1, -1, 'belay', 'FINAL', now(), now());
                INSERT INTO results_resultheader (id, exam_id, student_id, status, total_obtained, total_max, final_outcome,
                                                  created_at, updated_at)
                VALUES (-1, -1, -1, 'DRAFT', 0, 0, 'PENDING', now(), now())""");
        TestPostgres.execute(
                address("sims-dev"),
                "ALTER TABLE core_profile ADD COLUMN preferred_language varchar(10) NOT NULL DEFAULT 'ur'");
    }

    private DatabaseAddress address(String name) {
        return databases.require(name).address();
    }

    private void apply(String database, String module, String version) {
        DatabaseAddress address = address(database);
        var unused = Flyway.configure()
                .dataSource(
                        address.jdbcUrl(),
                        address.server().user(),
                        address.server().password())
                .locations("filesystem:deploy/projects/sims/" + module)
                .table("flyway_schema_history_" + module)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(version)
                .load()
                .migrate();
    }
}
