package dev.belay.sims;

import dev.belay.stage.JobSeen;
import dev.belay.stage.KnownRows;
import dev.belay.stage.Narrator;
import dev.belay.stage.Noted;
import dev.belay.stage.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The application goes on writing, and then all of it is led back by a restore. */
final class WaysBack {

    private static final int WRITTEN = 40;

    private final Scene scene;
    private final Noted before;
    private final Narrator narrator;

    WaysBack(Scene scene, Noted before) {
        this.scene = scene;
        this.before = before;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        write();
        restore();
    }

    private void write() throws Exception {
        narrator.part(
                "The new release at work",
                "Students are registered, get vouchers and pay; old modules, which are still there, get requests; a result is"
                        + " published and frozen.");
        scene.campus().execute(Campus.PRODUCTION, """
                INSERT INTO students_student (reg_no, program_id, batch_id, group_id, name, father_name, national_id, gender,
                                              email, phone, address, guardian_phone, photo, status, enrollment_year,
                                              created_at, updated_at)
                SELECT 'NEW-' || n, b.program_id, b.id, g.id, 'New Student ' || n, '', '', '', '', '', '', '', '', 'ACTIVE',
                       2024, now(), now()
                FROM generate_series(1, 40) AS n
                JOIN academics_group g ON g.id = (SELECT min(id) FROM academics_group)
                JOIN academics_batch b ON b.id = g.batch_id;
                INSERT INTO finance_voucher (voucher_no, student_id, academic_period_id, status, total_amount, due_on,
                                             issued_at)
                SELECT 'V-' || reg_no, id, 8, 'GENERATED', 45000, '2024-07-01', now()
                FROM students_student WHERE reg_no LIKE 'NEW-%';
                INSERT INTO requests_studentrequest (student_id, kind, text, status, created_at)
                SELECT n, 'certificate', 'asked since', 'open', now() FROM generate_series(1, 40) AS n;
                UPDATE transcripts_transcript SET issued_on = '2024-06-30' WHERE id <= 40;
                """);
        narrator.check("Students", 49_954 + WRITTEN, count("SELECT count(*) FROM students_student"));
        narrator.check(
                "A frozen result that is changed", "refused: a FROZEN result is never changed", tryToChangeFrozen());
    }

    private String tryToChangeFrozen() throws Exception {
        try {
            scene.campus()
                    .execute(
                            Campus.PRODUCTION,
                            "UPDATE results_resultheader SET total_obtained = 0 WHERE status = 'FROZEN'");
            return "accepted";
        } catch (SQLException e) {
            return "refused: "
                    + String.valueOf(e.getMessage())
                            .lines()
                            .findFirst()
                            .orElse("")
                            .replace("ERROR: ", "");
        }
    }

    private void restore() throws Exception {
        narrator.part(
                "The way back: the backup, and what was written since",
                "The backup with which the migration began is restored beside the database. What was written since is merged"
                        + " into it where the old structure has a place for it; the rest is put aside, and named.");
        JobSeen job = scene.jobs().run("/rollbacks", Map.of("database", Campus.PRODUCTION, "method", "RESTORE"));
        scene.check(job, "inspect, restore, salvage, swap, verify", "RESTORED");
        try (Connection session = scene.campus().connect(Campus.PRODUCTION)) {
            KnownRows kept = before.rows().without("academics_student|transcripts_transcript|flyway_.*");
            narrator.check("The rows of before", kept.expected(), kept.findAgain(session));
        }
        narrator.check(
                "Requests written since",
                WRITTEN,
                count("SELECT count(*) FROM requests_studentrequest WHERE text = 'asked since'"));
        narrator.check(
                "Transcripts issued since",
                WRITTEN,
                count("SELECT count(*) FROM transcripts_transcript WHERE issued_on = '2024-06-30'"));
        narrator.check(
                "The student that was mended", "7", ask("SELECT program_id FROM academics_student WHERE id = 7"));
        putAside("finance_voucher", WRITTEN);
        // With the one that could be mapped once it was mended.
        putAside("students_student", WRITTEN + 1);
        narrator.check(
                "The new structure",
                "not there",
                ask("SELECT coalesce(to_regclass('results_resultheader')::text, 'not there')"));
        narrator.report()
                .figure(
                        Text.count(job.result().path("outageMillis").asLong()) + " ms",
                        "for which applications were kept out at the end of the restore");
    }

    private void putAside(String table, long expected) throws Exception {
        String copy = ask("SELECT format('belay_salvage.%I', name) FROM belay_salvage.contents WHERE name LIKE '%\\_"
                + table + "' ORDER BY kept_at DESC LIMIT 1");
        narrator.check(
                "Rows of " + table + " that have no place any more, put aside in belay_salvage",
                expected,
                count("SELECT count(*) FROM " + copy));
    }

    private long count(String sql) throws Exception {
        return scene.campus().count(Campus.PRODUCTION, sql);
    }

    private String ask(String sql) throws Exception {
        return scene.campus().ask(Campus.PRODUCTION, sql);
    }
}
