package dev.belay.sims;

import dev.belay.stage.JobSeen;
import dev.belay.stage.Narrator;
import dev.belay.stage.Text;
import java.util.Map;

/** Steps 4 to 6: staging from production, masked; the migration rehearsed there; one module led back. */
final class Staging {

    private static final String SCHEMA = "SELECT coalesce(to_regclass('%s')::text, 'not there')";

    private final Scene scene;
    private final Narrator narrator;

    Staging(Scene scene) {
        this.scene = scene;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        refresh();
        migrate();
        draft();
        back();
    }

    private void refresh() throws Exception {
        narrator.part(
                "Staging, from a masked backup of production",
                "A full backup of production, restored and found equal. Then a copy of it, in which names, addresses, numbers"
                        + " and passwords were masked before anybody could connect.");
        JobSeen backup = scene.jobs().run("/backups", Map.of("database", Campus.PRODUCTION));
        scene.check(backup, "inspect, back-up, prove", "UNCHANGED");
        long rows = backup.result().path("rows").asLong();
        narrator.report().figure(Text.count(rows), "rows backed up, restored elsewhere and found equal");
        JobSeen job = scene.jobs()
                .run("/refreshes", Map.of("database", Campus.STAGING, "from", Campus.PRODUCTION, "migrate", false));
        narrator.check("What became of the database", "REFRESHED", job.databaseState());
        narrator.check("Students in staging", 50_000, count("SELECT count(*) FROM academics_student"));
        narrator.check(
                "Their e-mail addresses that are known from production",
                0,
                count("SELECT count(*) FROM academics_student WHERE email LIKE '%@students.example'"));
        narrator.check(
                "Their e-mail addresses that differ",
                50_000,
                count("SELECT count(DISTINCT email) FROM academics_student"));
        narrator.check(
                "Passwords of accounts",
                "!",
                scene.campus().ask(Campus.STAGING, "SELECT min(password) FROM auth_user"));
        narrator.check("Results in staging", 300_000, count("SELECT count(*) FROM results_result"));
    }

    private void migrate() throws Exception {
        narrator.part(
                "The migration, rehearsed on staging",
                "All modules of the new release, on real numbers of rows: forward, back and forward on a copy, then for"
                        + " staging itself, with every check that a migration can ask.");
        JobSeen job = scene.jobs().run("/migrations", Map.of("database", Campus.STAGING));
        narrator.check("What became of the database", "MIGRATED", job.databaseState());
        narrator.note(job.detail("verify") + ".");
        narrator.check("The gate for mapping 5", 200, scene.stage().gate(Campus.STAGING, "mapping", "5"));
    }

    private void draft() throws Exception {
        narrator.part(
                "A draft: what a developer has tried out, as scripts",
                "Somebody has added a column by hand on the developers' database. The difference to staging is drafted as"
                        + " the next version of its module, forward and back, both proven; a person reviews it.");
        scene.campus()
                .execute(
                        Campus.DEVELOPMENT,
                        "ALTER TABLE core_profile ADD COLUMN preferred_language varchar(10) NOT NULL DEFAULT 'ur'");
        JobSeen draft = scene.jobs()
                .run(
                        "/drafts",
                        Map.of(
                                "database", Campus.STAGING,
                                "kind", "diff",
                                "module", "core",
                                "name", "preferred language",
                                "desired", Map.of("database", Campus.DEVELOPMENT)));
        String script = scene.stage()
                .client()
                .read("/drafts/" + draft.id() + "/files/core/V2__preferred_language.sql", "text/plain");
        narrator.check("The script adds the column", true, script.contains("preferred_language"));
        narrator.note("Its review begins: "
                + scene.stage()
                        .client()
                        .read("/drafts/" + draft.id() + "/review", "text/markdown")
                        .lines()
                        .findFirst()
                        .orElse(""));
    }

    private void back() throws Exception {
        narrator.part(
                "One module back to an earlier version",
                "results goes back to where it was before the new release, and its mapping with it; all other modules stay.");
        scene.campus()
                .execute(
                        Campus.STAGING,
                        "INSERT INTO results_resultheader (exam_id, student_id, status, total_obtained, total_max,"
                                + " final_outcome, created_at, updated_at) SELECT id, 1, 'DRAFT', 0, 100, 'PENDING',"
                                + " now(), now() FROM exams_exam WHERE program_id = 1 AND NOT EXISTS (SELECT FROM"
                                + " results_resultheader WHERE exam_id = exams_exam.id AND student_id = 1) LIMIT 1");
        JobSeen job = scene.jobs()
                .run("/rollbacks", Map.of("database", Campus.STAGING, "to", Map.of("mapping", "4", "results", "1")));
        narrator.check("What became of the database", "ROLLED_BACK", job.databaseState());
        narrator.check("results_resultheader", "not there", ask(SCHEMA.formatted("results_resultheader")));
        narrator.check("attendance of the new structure", 149_859, count("SELECT count(*) FROM attendance_attendance"));
        narrator.check("Old results", 300_000, count("SELECT count(*) FROM results_result"));
        narrator.check(
                "A result written since, put aside in belay_salvage",
                1,
                count("SELECT count(*) FROM belay_salvage.contents WHERE name LIKE '%results_resultheader'"));
    }

    private String ask(String sql) throws Exception {
        return scene.campus().ask(Campus.STAGING, sql);
    }

    private long count(String sql) throws Exception {
        return scene.campus().count(Campus.STAGING, sql);
    }
}
