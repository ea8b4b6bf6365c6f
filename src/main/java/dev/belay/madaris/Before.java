package dev.belay.madaris;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.stage.JobSeen;
import dev.belay.stage.Narrator;
import dev.belay.stage.Noted;
import dev.belay.stage.Stage;
import dev.belay.stage.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Parts 1 and 2: what Belay sees before anything is changed, and a backup. */
final class Before {

    private final Stage stage;
    private final School school;
    private final Narrator narrator;

    Before(Stage stage, School school) {
        this.stage = stage;
        this.school = school;
        this.narrator = stage.narrator();
    }

    /** Returns what was there, as the demo itself saw it. */
    Noted playState() throws Exception {
        narrator.part(
                "Before: one version behind",
                "The project has a version 2 that the database lacks. Anyone may ask for the state; the gate is the same"
                        + " state as a status code, for which the pods of a new release wait with curl.");
        JsonNode state = stage.client().get("/databases/madaris/schema").body();
        JsonNode module = state.path("modules").path(0);
        narrator.check("The schema state", "BEHIND", state.path("status").asText());
        narrator.check("The current version", "1", module.path("current").asText());
        narrator.check("The newest version", "2", module.path("latest").asText());
        narrator.check("Scripts to apply", 1, module.path("pending").size());
        narrator.check("The gate for version 2", 503, stage.gate("madaris", "madaris", "2"));
        return narrator.timed("noted by demo", this::note, Noted::shown);
    }

    private Noted note() throws SQLException {
        try (Connection session = school.connect()) {
            return Noted.take(session, OldApplication.CHANGES);
        }
    }

    void playBackup(Noted noted) throws Exception {
        narrator.part(
                "A backup that was restored and found equal",
                "The archive and the fingerprints of all tables are taken at one snapshot. Then the archive is restored"
                        + " on a server of Belay's own, and every table, every count and every hash is compared. Only"
                        + " that makes it a backup.");
        JobSeen job = stage.jobs().run("/backups", Map.of("database", School.DATABASE));
        long rows = job.result().path("rows").asLong();
        long tables = job.result().path("tables").asLong();
        narrator.check("The steps that succeeded", "inspect, back-up, prove", job.succeeded());
        narrator.check(
                "What was proven",
                "proven: " + tables + " tables, " + Text.count(rows) + " rows, equal",
                job.detail("prove"));
        narrator.check("Tables, as the demo counted them", noted.rows().tables(), tables);
        narrator.check("Rows, as the demo counted them", noted.rows().rows(), rows);
        narrator.check("What the backup did to the database", "UNCHANGED", job.databaseState());
        narrator.report().figure(Text.count(rows), "rows backed up, restored elsewhere and found equal");
    }
}
