package dev.belay.madaris;

import dev.belay.stage.FourEyes;
import dev.belay.stage.JobSeen;
import dev.belay.stage.KnownRows;
import dev.belay.stage.Narrator;
import dev.belay.stage.Noted;
import dev.belay.stage.SchemaText;
import dev.belay.stage.Stage;
import dev.belay.stage.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parts 3 to 5: the migration, new members, and the way back, while the old application goes on. */
final class ThereAndBack {

    private static final int MORE_STATEMENTS = 100;

    private final Stage stage;
    private final School school;
    private final Narrator narrator;
    private final Noted noted;
    private final OldApplication application;
    private final List<NewMember> newMembers = new ArrayList<>();

    ThereAndBack(Stage stage, School school, Noted noted, OldApplication application) {
        this.stage = stage;
        this.school = school;
        this.narrator = stage.narrator();
        this.noted = noted;
        this.application = application;
    }

    /** A member registered while both names were there. */
    private record NewMember(long id, String name, String studentNumber) {}

    void play() throws Exception {
        application.start();
        migrate();
        addMembers();
        rollBack();
        application.close();
        compare();
    }

    private void migrate() throws Exception {
        narrator.part(
                "The migration, under a running application",
                "A release of the portal that knows only the old names registers members, refers them, corrects numbers"
                        + " and reads them back, before, during and after. Belay counts, backs up and proves again, rehearses"
                        + " forward, back and forward on a copy, writes a plan, waits until somebody else has approved it,"
                        + " applies, and compares the result with the rehearsal.");
        JobSeen job =
                stage.jobs().run("/migrations", Map.of("database", School.DATABASE), new FourEyes(stage)::approve);
        narrator.check(
                "The steps that succeeded",
                "inspect, audit, back-up, prove, rehearse, plan, approve, window, apply, verify",
                job.succeeded());
        narrator.check("What became of the database", "MIGRATED", job.databaseState());
        narrator.check("The gate for version 2", 200, stage.gate("madaris", "madaris", "2"));
        goOn("migration");
        try (Connection session = school.connect()) {
            narrator.check("The new name is", "a table", Questions.kind(session, Portal.STUDENTS));
            narrator.check("The old name is", "a view", Questions.kind(session, Portal.MEMBERS));
            KnownRows portal = noted.rows().without(School.BOOKKEEPING);
            narrator.check("The rows of before, read by their old names", portal.expected(), portal.findAgain(session));
        }
    }

    private void addMembers() throws Exception {
        narrator.part(
                "New members, by the old name and by the new",
                "Two releases at once: one registers a member, the other a student. Each finds what the other wrote, and"
                        + " both get a student number.");
        try (Connection session = school.connect()) {
            add(session, Portal.MEMBERS, "Old Release");
            add(session, Portal.STUDENTS, "New Release");
        }
    }

    private void add(Connection session, String table, String name) throws SQLException {
        long id = Portal.register(session, table, name);
        String other = table.equals(Portal.MEMBERS) ? Portal.STUDENTS : Portal.MEMBERS;
        narrator.check("Written to " + table + ", read from " + other, name, Questions.lastName(session, other, id));
        String number = Questions.studentNumber(session, Portal.STUDENTS, id);
        narrator.check("Its student number", "STU-%07d".formatted(id), number);
        newMembers.add(new NewMember(id, name, number));
    }

    private void rollBack() throws Exception {
        narrator.part(
                "The way back, with everything that was written since",
                "The undo script runs on a copy first, then on the live database, under the same application. Rows that"
                        + " were written since the migration stay where they are; values of columns that go away are"
                        + " copied first.");
        JobSeen job = stage.jobs().run("/rollbacks", Map.of("database", School.DATABASE, "method", "UNDO"));
        narrator.check("The steps that succeeded", "inspect, back-up, prove, rehearse, undo, verify", job.succeeded());
        narrator.check("What became of the database", "ROLLED_BACK", job.databaseState());
        narrator.check("The gate for version 2", 503, stage.gate("madaris", "madaris", "2"));
        goOn("way back");
    }

    /** Waits until the application has done some more work on what is there now, and asks how it fared. */
    private void goOn(String what) throws InterruptedException {
        long before = application.statements();
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (application.statements() < before + MORE_STATEMENTS && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        long sent = application.statements();
        Duration longest = application.takeLongestStall();
        narrator.note("The old application has sent " + Text.count(sent) + " statements so far; the slowest during the "
                + what + " took " + Text.precise(longest) + ".");
        narrator.check(
                "After the " + what + " it", "goes on", sent < before + MORE_STATEMENTS ? "does not go on" : "goes on");
        narrator.check("Its errors", "0", application.errors());
        narrator.report().figure(Text.precise(longest), "the longest the old application waited during the " + what);
    }

    private void compare() throws Exception {
        narrator.part(
                "What the way back has kept",
                "The demo compares for itself, with its own queries: the schema with what it was before version 2, the"
                        + " rows of then by count and hash, and one by one what was written since.");
        try (Connection session = school.connect()) {
            narrator.check(
                    "The schema", noted.schema().expected(), noted.schema().compare(SchemaText.read(session)));
            narrator.check(
                    "The rows of before", noted.rows().expected(), noted.rows().findAgain(session));
            for (NewMember member : newMembers) {
                narrator.check(
                        "The member of the " + member.name(),
                        member.name(),
                        Questions.lastName(session, Portal.MEMBERS, member.id()));
            }
            Map<Long, String> registered = application.registered();
            narrator.check(
                    "Members of the old application, with program and referral",
                    registered.size(),
                    Questions.registered(session, registered));
            Map<Long, String> corrected = application.corrected();
            narrator.check(
                    "Contact numbers as it last wrote them", corrected.size(), Questions.corrected(session, corrected));
        }
        lookIntoSalvage();
        narrator.report().figure(Text.count(application.statements()), "statements of the old application, no error");
    }

    private void lookIntoSalvage() throws SQLException {
        try (Connection session = school.connectAsOperator()) {
            String salvaged = Questions.salvaged(session, Portal.STUDENTS);
            for (NewMember member : newMembers) {
                narrator.check(
                        "The student number of " + member.name() + ", put aside in belay_salvage",
                        member.studentNumber(),
                        Questions.studentNumber(session, salvaged, member.id()));
            }
        }
    }
}
