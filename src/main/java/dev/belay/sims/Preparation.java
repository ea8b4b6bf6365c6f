package dev.belay.sims;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.stage.JobSeen;
import dev.belay.stage.Jobs;
import dev.belay.stage.Narrator;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Steps 1 to 3 of the plan: the modules, the reset of four histories, and the developers' database made anew. */
final class Preparation {

    private static final String HISTORY = "SELECT string_agg(version, ', ' ORDER BY installed_rank)"
            + " FROM flyway_schema_history_%s WHERE success AND version <> '0'";

    private final Scene scene;
    private final Narrator narrator;

    Preparation(Scene scene) {
        this.scene = scene;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        modules();
        resetHistories();
        development();
    }

    private void modules() throws Exception {
        narrator.part(
                "The modules, and which depends on which",
                "Nine new modules and five legacy ones, Django's own tables beneath them, and the data migration above: each"
                        + " has a folder of scripts and a history of its own. Their order is computed.");
        JsonNode project = scene.stage().client().get("/projects/sims").body();
        List<String> order = new ArrayList<>();
        project.path("order").forEach(name -> order.add(name.asText()));
        narrator.check("Modules", 16, order.size());
        narrator.check("The first", "django", order.get(0));
        narrator.check("The last", "mapping", order.get(order.size() - 1));
        narrator.check(
                "Each comes after those it depends on",
                "yes",
                isOrdered(project.path("modules"), order) ? "yes" : "no");
        Files.writeString(
                scene.stage().folders().home().resolve("modules.svg"),
                scene.stage().client().read("/projects/sims", "image/svg+xml"));
        narrator.note("Drawn in " + scene.stage().folders().home().resolve("modules.svg") + ".");
    }

    private static boolean isOrdered(JsonNode modules, List<String> order) {
        for (JsonNode module : modules) {
            int own = order.indexOf(module.path("name").asText());
            for (JsonNode dependency : module.path("dependsOn")) {
                if (order.indexOf(dependency.asText()) > own) {
                    return false;
                }
            }
        }
        return modules.size() == order.size();
    }

    private void resetHistories() throws Exception {
        narrator.part(
                "Four histories are reset",
                "academics, attendance, results and audit lose their old migrations: a draft makes one first script of each,"
                        + " proven to lead where the old ones led. It is put into the project as its review says, and"
                        + " production is re-labelled: other rows in the history tables, no other schema, and a way back.");
        JobSeen draft = scene.jobs()
                .run(
                        "/drafts",
                        Map.of(
                                "database",
                                Campus.PRODUCTION,
                                "kind",
                                "squash",
                                "modules",
                                Release.RESET,
                                "name",
                                "initial"));
        narrator.check("What the draft did to the database", "UNCHANGED", draft.databaseState());
        narrator.check("New files", Release.RESET.size(), takeOver(draft));
        JobSeen relabel = scene.jobs().run("/relabels", Map.of("database", Campus.PRODUCTION));
        narrator.check(
                "Steps that failed",
                0,
                relabel.steps().stream()
                        .filter(step -> step.state().equals("FAILED"))
                        .count());
        narrator.check("The history of academics", "1", history("academics"));
        narrator.check("The history of admissions, which is kept", "1, 2", history("admissions"));
        narrator.check(
                "Modules that are behind now",
                0,
                pending(scene.stage().client().get("/databases/sims/schema").body()));
    }

    /** Puts the files of a draft in the place of the scripts that they replace; returns how many there are. */
    private int takeOver(JobSeen draft) throws Exception {
        for (String module : Release.RESET) {
            scene.release().removeScripts(module);
        }
        JsonNode files = scene.stage()
                .client()
                .get("/drafts/" + draft.id() + "/files")
                .body()
                .path("items");
        for (JsonNode file : files) {
            String content = scene.stage().client().read(file.path("href").asText(), "text/plain");
            scene.release().write(file.path("path").asText(), content);
        }
        return files.size();
    }

    private String history(String module) throws Exception {
        return scene.campus().ask(Campus.PRODUCTION, HISTORY.formatted(module));
    }

    private static long pending(JsonNode schema) {
        long pending = 0;
        for (JsonNode module : schema.path("modules")) {
            pending += module.path("pending").size();
        }
        return pending;
    }

    private void development() throws Exception {
        narrator.part(
                "The developers' database, dropped and made anew",
                "The new release comes into the working copy. A reset is for development alone, and has to repeat the"
                        + " database's name. Then all scripts of all modules, old and new, run from nothing.");
        narrator.timed("checked out", scene.release()::checkOutNew, scripts -> scripts + " files of the new release");
        narrator.check("A reset of production", 403, reset(Campus.PRODUCTION, Campus.PRODUCTION));
        narrator.check("A reset that names another database", 400, reset(Campus.DEVELOPMENT, Campus.STAGING));
        scene.campus().execute(Campus.DEVELOPMENT, "CREATE TABLE tried_out (id int); INSERT INTO tried_out VALUES (1)");
        JobSeen reset = scene.jobs().run("/resets", order(Campus.DEVELOPMENT, Campus.DEVELOPMENT));
        narrator.check("What became of the database", "EMPTIED", reset.databaseState());
        narrator.check(
                "Tables in it",
                0,
                scene.campus().count(Campus.DEVELOPMENT, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        JobSeen job = scene.jobs().run("/migrations", Map.of("database", Campus.DEVELOPMENT));
        narrator.check("What became of the database", "MIGRATED", job.databaseState());
    }

    private int reset(String database, String confirm) throws Exception {
        return scene.stage()
                .client()
                .post(Jobs.OPERATOR, "/resets", order(database, confirm))
                .status();
    }

    private static Map<String, String> order(String database, String confirm) {
        return Map.of("database", database, "mode", "recreate", "confirm", confirm);
    }
}
