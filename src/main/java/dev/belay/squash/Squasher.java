package dev.belay.squash;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.draft.Chain;
import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemType;
import dev.belay.reversal.Pairing;
import dev.belay.reversal.Reversal;
import dev.belay.reversal.Reverser;
import dev.belay.reversal.Structure;
import dev.belay.review.Remark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** Writes what leads from the schema before a module's scripts to the one after them, and the rows that they put in. */
final class Squasher {

    private final Chain old;
    private final Chain fresh;
    private final Set<String> histories;

    /**
     * Works on two databases that are the same before each module.
     *
     * @param old with the module's old scripts
     * @param fresh still without it
     * @param histories tables that do not count
     */
    Squasher(Chain old, Chain fresh, Set<String> histories) {
        this.old = old;
        this.fresh = fresh;
        this.histories = histories;
    }

    /** To be called before the old scripts of the module run. */
    ReferenceRows look(ProjectModule module) throws SQLException {
        try (Connection session = old.database().address().open()) {
            return ReferenceRows.before(session, histories, module);
        }
    }

    String squash(ProjectModule module, ReferenceRows rows, List<Remark> remarks) throws SQLException {
        try (Connection before = fresh.database().address().open();
                Connection after = old.database().address().open()) {
            makeSchema(before, module);
            setRole(before);
            Structure wanted = Pairing.of(
                            Structure.read(before, histories),
                            Structure.read(after, histories),
                            List.of(),
                            Pairing.Enums.REMAKE)
                    .wanted(true);
            Reversal way = Reverser.draft(wanted, before, histories);
            if (!way.obstacles().isEmpty()) {
                throw ProblemType.DRAFT_NOT_PROVEN.because("The history of " + module.name()
                        + " cannot be written as one script: " + String.join("; ", way.obstacles())
                        + ". Nothing was changed. Leave the module as it is.");
            }
            return way.draft("All that the versions of " + module.name() + " up to "
                            + module.latest().orElseThrow() + " have made, as one script.")
                    + rows.script(after, remarks);
        }
    }

    /** Flyway makes the schema of a module itself, before its first script. */
    private void makeSchema(Connection session, ProjectModule module) throws SQLException {
        ManagedDatabase database = fresh.database();
        try (Statement statement = session.createStatement()) {
            statement.execute("SET ROLE " + Identifiers.quote(database.role()));
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + Identifiers.quote(module.schema()));
            statement.execute("RESET ROLE");
        }
    }

    private void setRole(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET ROLE " + Identifiers.quote(fresh.database().role()));
        }
    }

    /** The scripts of a module that name a table. */
    static List<String> naming(ProjectModule module, String table) {
        return module.of(Script.Kind.VERSIONED).stream()
                .filter(script ->
                        dev.belay.sql.Words.in(script.sql()).stream().anyMatch(words -> words.contains(table)))
                .map(Script::file)
                .toList();
    }
}
