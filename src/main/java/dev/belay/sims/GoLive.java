package dev.belay.sims;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.stage.FourEyes;
import dev.belay.stage.JobSeen;
import dev.belay.stage.KnownRows;
import dev.belay.stage.Narrator;
import dev.belay.stage.Noted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Steps 7 to 11: production. */
final class GoLive {

    private static final String COUNTED =
            "SELECT format('%s read, %s written, %s rejected', read, written, rejected) FROM mapping_count WHERE mapping = ";

    /** What the mappings write. */
    private static final List<String> MAPPED = List.of(
            "academics_program",
            "academics_academicperiod",
            "academics_batch",
            "academics_group",
            "students_student",
            "timetable_weeklytimetable",
            "timetable_timetableentry",
            "attendance_attendance",
            "exams_exam",
            "exams_examcomponent",
            "results_resultheader",
            "results_resultcomponententry",
            "mapping_count",
            "mapping_reject");

    private final Scene scene;
    private final Narrator narrator;

    GoLive(Scene scene) {
        this.scene = scene;
        this.narrator = scene.narrator();
    }

    /** Returns what was there before it. */
    Noted play() throws Exception {
        Noted before = audit();
        migrate();
        mapped();
        roles();
        accept();
        return before;
    }

    private Noted audit() throws Exception {
        narrator.part(
                "What is at stake",
                "Every table that the scripts touch is counted, and the rows that the new constraints would refuse are"
                        + " looked for. The demo notes for itself what is there.");
        JobSeen audit = scene.jobs().run("/audits", Map.of("database", Campus.PRODUCTION));
        narrator.check("What the audit did to the database", "UNCHANGED", audit.databaseState());
        return narrator.timed("noted by demo", this::note, Noted::shown);
    }

    private Noted note() throws SQLException {
        try (Connection session = scene.campus().connect(Campus.PRODUCTION)) {
            return Noted.take(session, KnownRows.Changing.NOTHING);
        }
    }

    private void migrate() throws Exception {
        narrator.part(
                "The migration, in the maintenance window",
                "Seventeen scripts of eleven modules. Backed up and proven again, rehearsed forward, back and forward, planned,"
                        + " approved by somebody else, applied, and verified by the project's own checks.");
        JobSeen job = scene.jobs()
                .run("/migrations", Map.of("database", Campus.PRODUCTION), new FourEyes(scene.stage())::approve);
        scene.check(job, "inspect, audit, back-up, prove, rehearse, plan, approve, window, apply, verify", "MIGRATED");
        narrator.check("The gate for mapping 5", 200, scene.stage().gate(Campus.PRODUCTION, "mapping", "5"));
    }

    private void mapped() throws Exception {
        narrator.part(
                "From the old structure to the new one",
                "The numbers of each mapping add up: what was read was written, or is in mapping_reject with the reason. Called"
                        + " again, the mapping changes nothing; a reject that has been mended is mapped then.");
        counted("program", "21 read, 20 written, 1 rejected");
        counted("period", "9 read, 8 written, 1 rejected");
        counted("student", "50000 read, 49953 written, 47 rejected");
        counted("attendance", "150000 read, 149859 written, 141 rejected");
        counted("result", "300000 read, 299548 written, 452 rejected");
        String before = fingerprint();
        narrator.timed("called again", this::mapAgain, done -> "all five mappings");
        narrator.check("What that changed", "nothing", before.equals(fingerprint()) ? "nothing" : "something");
        scene.campus().execute(Campus.PRODUCTION, "UPDATE academics_student SET program_id = 7 WHERE id = 7");
        narrator.timed(
                "mended",
                () -> call("mapping_students(), mapping_results()"),
                done -> "a student got the program that was missing");
        counted("student", "50000 read, 49954 written, 46 rejected");
        counted("result", "300000 read, 299554 written, 446 rejected");
    }

    private void roles() throws Exception {
        narrator.part(
                "Role groups, and a superuser",
                "Six groups with their permissions, as rows of the application and as PostgreSQL roles with grants and row"
                        + " policies, and the superuser, whose password comes from a configured secret. What each may do,"
                        + " and may not, is tried. A second run changes nothing.");
        JobSeen first = scene.jobs().run("/roles", Map.of("database", Campus.PRODUCTION));
        narrator.check("What became of the database", "MIGRATED", first.databaseState());
        narrator.check(
                "Trials that went otherwise than declared",
                0,
                failed(first.result().path("trials")));
        narrator.note(first.result().path("trials").size() + " statements were tried as one of the roles.");
        JobSeen second = scene.jobs().run("/roles", Map.of("database", Campus.PRODUCTION));
        narrator.check("What the second run did", "UNCHANGED", second.databaseState());
    }

    private void accept() throws Exception {
        narrator.part(
                "Acceptance: the nine points of the plan",
                "All migrations applied; every table readable; endpoints respond; role groups there; the superuser can log in;"
                        + " sample data can be created; the chain works; foreign keys enforced; unique constraints"
                        + " enforced. Each is tried, and what was tried is rolled back.");
        JobSeen job = scene.jobs().run("/acceptances", Map.of("database", Campus.PRODUCTION));
        scene.check(job, "accept", "UNCHANGED");
        JsonNode checks = job.result().path("checks");
        for (JsonNode check : checks) {
            narrator.check(
                    check.path("name").asText(), "PASSED", check.path("state").asText());
        }
        narrator.report().figure(String.valueOf(checks.size()), "checks and samples passed at the acceptance");
    }

    private static long failed(JsonNode trials) {
        long failed = 0;
        for (JsonNode trial : trials) {
            failed += trial.path("passed").asBoolean() ? 0 : 1;
        }
        return failed;
    }

    private void counted(String mapping, String expected) throws Exception {
        narrator.check(
                "Mapping " + mapping, expected, scene.campus().ask(Campus.PRODUCTION, COUNTED + "'" + mapping + "'"));
    }

    private boolean mapAgain() throws Exception {
        return call(
                "mapping_programs(), mapping_periods(), mapping_students(), mapping_attendance(), mapping_results()");
    }

    private boolean call(String functions) throws Exception {
        scene.campus().execute(Campus.PRODUCTION, "SELECT " + functions);
        return true;
    }

    /** Every version of every row of what the mappings write: a row that was only written again would differ. */
    private String fingerprint() throws Exception {
        StringBuilder sql = new StringBuilder("SELECT concat_ws(','");
        for (String table : MAPPED) {
            sql.append(", (SELECT md5(string_agg(concat(ctid, xmin), ',' ORDER BY ctid)) FROM ")
                    .append(table)
                    .append(')');
        }
        return scene.campus().ask(Campus.PRODUCTION, sql.append(')').toString());
    }
}
