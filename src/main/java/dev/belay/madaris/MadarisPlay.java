package dev.belay.madaris;

import dev.belay.stage.Folders;
import dev.belay.stage.Narrator;
import dev.belay.stage.Noted;
import dev.belay.stage.Play;
import dev.belay.stage.Running;
import dev.belay.stage.SetUp;
import dev.belay.stage.Stage;
import dev.belay.stage.TargetServer;
import dev.belay.stage.Text;
import java.io.IOException;
import java.util.List;

/** The demo of madaris: there and back, twice. */
public final class MadarisPlay implements Play {

    @Override
    public String title() {
        return "A core table renamed under a running application, and renamed back";
    }

    @Override
    public List<String> play(Folders folders, Narrator narrator, Running running) throws Exception {
        narrator.part(
                "A school's server, and Belay beside it",
                "A PostgreSQL server with the portal's database. Version 1 was applied by plain Flyway, as the portal's"
                        + " own role, and nothing there knows of Belay. Belay is the packaged service in a process of"
                        + " its own; from here on it is spoken to over HTTP alone.");
        SetUp setUp = new SetUp(folders, narrator, running);
        TargetServer server = setUp.server(School.ROLE, School.DATABASE);
        School school = new School(server, folders);
        narrator.timed("version 1", school::applyFirstVersion, script -> script + ", by Flyway itself");
        narrator.timed("data", school::load, members -> Text.count(members) + " members and what belongs to them");
        Stage stage = setUp.belay(server, school.configuration());
        Before before = new Before(stage, school);
        Noted noted = before.playState();
        before.playBackup(noted);
        new ThereAndBack(stage, school, noted, running.add(new OldApplication(school))).play();
        new OtherWayBack(stage, school, noted).play();
        return byHand(stage, school);
    }

    private static List<String> byHand(Stage stage, School school) throws IOException {
        String base = stage.client().base().toString();
        return List.of(
                "curl -s " + base + "/databases/madaris/schema",
                "curl -s " + base + "/rollbacks?limit=1",
                "curl -si -X POST -H 'Content-Type: application/json' -d '{\"database\": \"madaris\"}' " + base
                        + "/migrations",
                base + "/q/swagger-ui",
                school.psql());
    }
}
