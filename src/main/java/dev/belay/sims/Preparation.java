package dev.belay.sims;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.stage.JobSeen;
import dev.belay.stage.Narrator;
import java.util.Map;

/** What is done before production is touched. */
final class Preparation {

    private final Scene scene;
    private final Narrator narrator;

    Preparation(Scene scene) {
        this.scene = scene;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        newRelease();
        development();
    }

    private void newRelease() throws Exception {
        narrator.part(
                "The new release: nine modules, and one that maps the data",
                "The new scripts come into the working copy. Each module has a history of its own; what depends on what is"
                        + " declared, and the order is computed.");
        narrator.timed("checked out", scene.release()::checkOutNew, scripts -> scripts + " scripts of the new release");
        JsonNode modules =
                scene.stage().client().get("/databases/sims/schema").body().path("modules");
        long pending = 0;
        for (JsonNode module : modules) {
            pending += module.path("pending").size();
        }
        narrator.check("Modules", 16, modules.size());
        narrator.check("Scripts to apply", 17, pending);
    }

    private void development() throws Exception {
        narrator.part(
                "From nothing, on the developers' database",
                "All scripts of all modules, old and new, in one go on an empty database: what a developer gets, and what"
                        + " proves that the order holds.");
        JobSeen job = scene.jobs().run("/migrations", Map.of("database", Campus.DEVELOPMENT));
        narrator.check("What became of the database", "MIGRATED", job.databaseState());
    }
}
