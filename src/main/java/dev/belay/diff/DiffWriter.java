package dev.belay.diff;

import dev.belay.database.FlywaySession;
import dev.belay.database.ManagedDatabase;
import dev.belay.draft.Desk;
import dev.belay.draft.Draft;
import dev.belay.problem.ProblemType;
import dev.belay.reversal.Pairing;
import dev.belay.reversal.Renaming;
import dev.belay.reversal.Reversal;
import dev.belay.reversal.Reverser;
import dev.belay.reversal.SchemaChange;
import dev.belay.reversal.Structure;
import dev.belay.reversal.UndoStatement;
import dev.belay.review.Remark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes V from the live schema to the desired one, runs it on a copy, and makes U from what is there then back to what was
 * there before.
 */
final class DiffWriter {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final Desk desk;
    private final DiffFields fields;
    private final DesiredSchema.Wanted wanted;
    private final Set<String> leaveOut;

    DiffWriter(Desk desk, DiffFields fields, DesiredSchema.Wanted wanted) {
        this.desk = desk;
        this.fields = fields;
        this.wanted = wanted;
        this.leaveOut = wanted.leaveOut();
    }

    Draft write() throws Exception {
        ManagedDatabase copy = desk.copy("work");
        Structure target;
        try (Connection session = wanted.database().address().open()) {
            target = Structure.read(session, leaveOut);
        }
        try (Connection session = copy.address().open();
                Statement statement = session.createStatement()) {
            statement.execute(FlywaySession.sessionSql(copy, LOCK_TIMEOUT));
            return write(session, target);
        }
    }

    private Draft write(Connection session, Structure target) throws SQLException {
        Structure live = Structure.read(session, leaveOut);
        desk.job().progress(0.6, "writing the way forward");
        List<Renaming> renamings = fields.renames().stream()
                .map(rename -> rename.in(desk.module().schema()))
                .toList();
        Pairing pairing = Pairing.of(live, target, renamings, Pairing.Enums.EXTEND);
        requireUsed(pairing, renamings);
        Reversal forward = Reverser.draft(pairing.wanted(fields.withPrivileges()), session, leaveOut);
        if (!forward.obstacles().isEmpty()) {
            pairing = Pairing.of(live, target, renamings, Pairing.Enums.REMAKE);
            forward = Reverser.draft(pairing.wanted(fields.withPrivileges()), session, leaveOut);
        }
        require(forward, "forward");
        if (forward.statements().isEmpty()) {
            return new Draft(
                    List.of(),
                    List.of(Remark.note("", "The live schema is the desired one already: there is no draft.")));
        }
        run(session, forward);
        desk.job().progress(0.8, "writing the way back");
        Structure reached = Structure.read(session, leaveOut);
        Reversal back = Reverser.draft(Pairing.ofOne(reached, live).wanted(true), session, leaveOut);
        require(back, "back");
        List<SchemaChange> changes = SchemaChange.between(live, reached);
        return new Draft(
                desk.version(desk.module(), desk.commission().name(), script(forward, true), script(back, false)),
                new DiffRemarks(changes).find());
    }

    private void requireUsed(Pairing pairing, List<Renaming> renamings) {
        List<String> unused = new ArrayList<>();
        for (int i = 0; i < renamings.size(); i++) {
            if (pairing.unused().contains(renamings.get(i))) {
                unused.add(fields.renames().get(i).shown());
            }
        }
        if (!unused.isEmpty()) {
            throw ProblemType.INVALID_REQUEST.because("Renames that are no renames here: " + String.join(", ", unused)
                    + ". The old name has to be in the live schema and the new one in the desired one, both of the same"
                    + " kind, and each only once. Names are as they are, without quotes; a table in another schema than "
                    + desk.module().schema() + " has it before it, such as old.customer. Nothing was changed.");
        }
    }

    private static void require(Reversal made, String direction) {
        if (!made.obstacles().isEmpty()) {
            throw ProblemType.DRAFT_NOT_PROVEN.because("No script can be written " + direction + ": "
                    + String.join("; ", made.obstacles())
                    + ". The database itself was only read. Change the desired schema, or write this part by hand.");
        }
    }

    private static void run(Connection session, Reversal made) throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL search_path = ''; SET LOCAL check_function_bodies = off");
            for (UndoStatement next : made.statements()) {
                statement.execute(next.sql());
            }
            session.commit();
        } finally {
            session.setAutoCommit(true);
        }
    }

    private String script(Reversal made, boolean isForward) {
        String goal = fields.desired().file() == null
                ? "the schema of " + fields.desired().database()
                : String.valueOf(fields.desired().file());
        return made.draft(
                isForward
                        ? "From the live schema of " + desk.live().name() + " to " + goal
                                + ". Drafted by Belay from the difference of the two; nobody has written it. Read it and the"
                                + " review before it is used."
                        : "Takes the version back that leads from the live schema of "
                                + desk.live().name() + " to " + goal
                                + ". Drafted by Belay from what that does to a copy without rows; nobody has written it.");
    }
}
