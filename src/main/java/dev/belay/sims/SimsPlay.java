package dev.belay.sims;

import dev.belay.stage.Folders;
import dev.belay.stage.Narrator;
import dev.belay.stage.Play;
import dev.belay.stage.Running;
import dev.belay.stage.SetUp;
import dev.belay.stage.Stage;
import dev.belay.stage.TargetServer;
import dev.belay.stage.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The demo of sims, in the order of the school's own plan. */
public final class SimsPlay implements Play {

    @Override
    public String title() {
        return "An academic structure of nine modules replaced, rehearsed on staging, and led back";
    }

    @Override
    public List<String> play(Folders folders, Narrator narrator, Running running) throws Exception {
        narrator.part(
                "A school's server, and Belay beside it",
                "The student information system as it was: ten modules, each with a history of its own, applied by plain"
                        + " Flyway, and five years of data. Beside it a staging and a development database, and Belay.");
        SetUp setUp = new SetUp(folders, narrator, running);
        TargetServer server = setUp.server(Campus.ROLE, Campus.NAMES.values().toArray(String[]::new));
        Campus campus = new Campus(server);
        OldSystem old = new OldSystem(campus, folders.project());
        narrator.timed(
                "old system",
                () -> old.apply(Campus.PRODUCTION),
                scripts -> scripts + " scripts of " + Release.OLD.size() + " modules, by Flyway itself");
        narrator.timed("data", () -> old.load(Campus.PRODUCTION), SimsPlay::told);
        Release release = new Release(folders.project(), folders.home().resolve("project"));
        Folders.remove(release.folder());
        narrator.timed(
                "checked out",
                release::checkOutOld,
                scripts -> "the old release into a working copy of the project, " + scripts + " scripts");
        Application production = running.add(Application.start(campus, Campus.PRODUCTION));
        Application staging = running.add(Application.start(campus, Campus.STAGING));
        Path secret = folders.home().resolve("superuser-password");
        Stage stage = setUp.belay(
                server,
                campus.configuration(
                        release.folder(),
                        secret,
                        Map.of(Campus.PRODUCTION, production.address(), Campus.STAGING, staging.address())));
        Scene scene = new Scene(stage, campus, release);
        new Preparation(scene).play();
        new Staging(scene).play();
        new WaysBack(scene, new GoLive(scene).play()).play();
        return byHand(scene);
    }

    private static String told(long students) {
        return Text.count(students) + " students, 1,000,000 marks of attendance, 300,000 results";
    }

    private static List<String> byHand(Scene scene) throws IOException {
        String base = scene.stage().client().base().toString();
        return List.of(
                "curl -s " + base + "/projects/sims",
                "curl -s " + base + "/databases/sims/schema",
                "curl -si -X POST -H 'Content-Type: application/json' -d '{\"database\": \"sims\"}' " + base
                        + "/acceptances",
                base + "/q/swagger-ui",
                scene.campus().server().psql(Campus.NAMES.getOrDefault(Campus.PRODUCTION, "")));
    }
}
