package dev.belay.sims;

import dev.belay.stage.FourEyes;
import dev.belay.stage.JobSeen;
import dev.belay.stage.Narrator;
import dev.belay.stage.Text;
import java.util.Map;

/** Production: an audit, a backup, the migration, and what it made of the data. */
final class GoLive {

    private static final String COUNTED =
            "SELECT format('%s read, %s written, %s rejected', read, written, rejected) FROM mapping_count WHERE mapping = ";

    private final Scene scene;
    private final Narrator narrator;

    GoLive(Scene scene) {
        this.scene = scene;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        audit();
        migrate();
        mapped();
    }

    private void audit() throws Exception {
        narrator.part(
                "What is at stake",
                "Every table that the scripts touch is counted, and the rows that the new constraints would refuse are"
                        + " looked for. Then a full backup, restored and found equal.");
        JobSeen audit = scene.jobs().run("/audits", Map.of("database", Campus.PRODUCTION));
        narrator.check("What the audit did to the database", "UNCHANGED", audit.databaseState());
        JobSeen backup = scene.jobs().run("/backups", Map.of("database", Campus.PRODUCTION));
        scene.check(backup, "inspect, back-up, prove", "UNCHANGED");
        long rows = backup.result().path("rows").asLong();
        narrator.report().figure(Text.count(rows), "rows backed up, restored elsewhere and found equal");
    }

    private void migrate() throws Exception {
        narrator.part(
                "The migration",
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
        narrator.timed("mended", this::mapAgain, done -> "a student got the program that was missing");
        counted("student", "50000 read, 49954 written, 46 rejected");
        counted("result", "300000 read, 299554 written, 446 rejected");
    }

    private void counted(String mapping, String expected) throws Exception {
        narrator.check(
                "Mapping " + mapping, expected, scene.campus().ask(Campus.PRODUCTION, COUNTED + "'" + mapping + "'"));
    }

    private boolean mapAgain() throws Exception {
        scene.campus()
                .execute(
                        Campus.PRODUCTION,
                        "SELECT mapping_programs(), mapping_periods(), mapping_students(), mapping_attendance(),"
                                + " mapping_results()");
        return true;
    }

    /** Every version of every row of what the mappings write: a row that was only written again would differ. */
    private String fingerprint() throws Exception {
        StringBuilder sql = new StringBuilder("SELECT concat_ws(','");
        for (String table : new String[] {
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
            "mapping_reject"
        }) {
            sql.append(", (SELECT md5(string_agg(concat(ctid, xmin), ',' ORDER BY ctid)) FROM ")
                    .append(table)
                    .append(')');
        }
        return scene.campus().ask(Campus.PRODUCTION, sql.append(')').toString());
    }
}
