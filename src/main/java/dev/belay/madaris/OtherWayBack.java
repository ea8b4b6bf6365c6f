package dev.belay.madaris;

import dev.belay.stage.FourEyes;
import dev.belay.stage.JobSeen;
import dev.belay.stage.Narrator;
import dev.belay.stage.Noted;
import dev.belay.stage.SchemaText;
import dev.belay.stage.Stage;
import dev.belay.stage.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Part 6: migrated once more, and led back by a restore that carries what was written since. */
final class OtherWayBack {

    private static final int MEMBERS = 50;
    private static final String CORRECTED = "09990000000";

    private final Stage stage;
    private final School school;
    private final Narrator narrator;
    private final Noted noted;
    private final Map<Long, String> registered = new HashMap<>();
    private final Map<Long, String> corrected = new HashMap<>();

    OtherWayBack(Stage stage, School school, Noted noted) {
        this.stage = stage;
        this.school = school;
        this.narrator = stage.narrator();
        this.noted = noted;
    }

    void play() throws Exception {
        narrator.part(
                "The other way back: a restore that carries what was written",
                "The migration once more, then members through both names and corrected numbers. Then the backup is restored"
                        + " beside the database, what was written since is merged into it, and it takes over the name.");
        JobSeen forward =
                stage.jobs().run("/migrations", Map.of("database", School.DATABASE), new FourEyes(stage)::approve);
        narrator.check("What became of the database", "MIGRATED", forward.databaseState());
        write();
        JobSeen back = stage.jobs().run("/rollbacks", Map.of("database", School.DATABASE, "method", "RESTORE"));
        narrator.check("The steps that succeeded", "inspect, restore, salvage, swap, verify", back.succeeded());
        narrator.check("What became of the database", "RESTORED", back.databaseState());
        narrator.note(back.detail("salvage") + ".");
        compare();
        narrator.report()
                .figure(
                        Text.count(back.result().path("outageMillis").asLong()) + " ms",
                        "for which applications were kept out at the end of the restore");
    }

    private void write() throws SQLException {
        try (Connection session = school.connect()) {
            Portal portal = new Portal(session);
            for (int i = 0; i < MEMBERS; i++) {
                String name = "Carried " + i;
                long member = Portal.register(session, i % 2 == 0 ? Portal.MEMBERS : Portal.STUDENTS, name);
                portal.join(member);
                portal.refer(member, "OLD-carried-" + i);
                registered.put(member, name);
                long other = OldApplication.FIRST_CORRECTED + i;
                portal.correct(other, CORRECTED);
                corrected.put(other, CORRECTED);
            }
        }
    }

    private void compare() throws SQLException {
        try (Connection session = school.connect()) {
            narrator.check(
                    "The schema", noted.schema().expected(), noted.schema().compare(SchemaText.read(session)));
            narrator.check(
                    "The rows of before", noted.rows().expected(), noted.rows().findAgain(session));
            narrator.check(
                    "Members written since, with program and referral, by the old names",
                    registered.size(),
                    Questions.registered(session, registered));
            narrator.check("Numbers corrected since", corrected.size(), Questions.corrected(session, corrected));
        }
        try (Connection session = school.connectAsOperator()) {
            String salvaged = Questions.salvaged(session, Portal.STUDENTS);
            long member = registered.keySet().iterator().next();
            narrator.check(
                    "A student number that has no place any more, put aside in belay_salvage",
                    "STU-%07d".formatted(member),
                    Questions.studentNumber(session, salvaged, member));
        }
    }
}
