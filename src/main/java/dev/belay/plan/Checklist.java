package dev.belay.plan;

import dev.belay.audit.Audit;
import dev.belay.backup.Bytes;
import dev.belay.check.CheckResult;
import dev.belay.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a careful operator would want to see ticked before anything is applied, each box by evidence. */
final class Checklist {

    private final Grounds grounds;
    private final List<Plan.Item> items = new ArrayList<>();

    private Checklist(Grounds grounds) {
        this.grounds = grounds;
    }

    static List<Plan.Item> of(Grounds grounds) {
        Checklist checklist = new Checklist(grounds);
        checklist.counted();
        checklist.backedUp();
        checklist.rehearsed();
        checklist.prepared();
        checklist.permitted();
        return checklist.items;
    }

    private void counted() {
        Audit audit = grounds.audit();
        item(
                "The schema is as the last job left it",
                grounds.drift() == null,
                grounds.drift() == null
                        ? "nobody else has changed it, as far as Belay has known it"
                        : grounds.drift().shown());
        long failed =
                audit.tables().stream().filter(table -> table.rows() == null).count();
        item(
                "Rows of the tables that the scripts name are counted",
                failed == 0,
                audit.tables().size() + " tables, " + Shown.count(grounds.rowsTouched()) + " rows"
                        + (failed == 0 ? "" : "; " + failed + " could not be counted"));
        audit.filters()
                .forEach(filter -> item(
                        "Rows that are " + filter.name() + " are counted",
                        filter.rows() != null,
                        filter.rows() != null
                                ? Shown.count(filter.rows()) + " rows of " + filter.table() + " where " + filter.where()
                                : String.valueOf(filter.problem())));
        int unmapped = audit.tables().size() - grounds.impact().size();
        item(
                "Foreign keys and dependents of these tables are mapped, in and out",
                unmapped == 0,
                grounds.dependents() + " views, functions and foreign keys of others hang on them"
                        + (unmapped == 0 ? "" : "; " + unmapped + " tables could not be looked at"));
        item("No row breaks a constraint that the scripts add", audit.findings().isEmpty(), constraints(audit));
    }

    private static String constraints(Audit audit) {
        if (!audit.findings().isEmpty()) {
            return audit.findings().get(0).shown();
        }
        long notAsked =
                audit.demands().stream().filter(demand -> demand.rows() == null).count();
        return (audit.demands().size() - notAsked) + " were asked as queries before"
                + (notAsked == 0 ? "" : ", " + notAsked + " could only be tried")
                + "; the copy took all of them with the rows that are there";
    }

    private void backedUp() {
        Instant created = grounds.manifest().created();
        item(
                "A full backup exists, was restored, and the copy was found equal: tables, counts, contents",
                true,
                grounds.manifest().fingerprint().tables().size() + " tables, " + Shown.count(grounds.rows())
                        + " rows, backup " + grounds.manifest().id() + ", proven in "
                        + Shown.millis(grounds.proof().millis()));
        item("The backup is recent", true, "its snapshot was taken at " + created + " by this migration itself");
        item(
                "The backup's size is plausible",
                grounds.earlier() != null && grounds.isPlausible(),
                grounds.earlier() == null
                        ? "there is no earlier proven backup to compare it with"
                        : Shown.count(grounds.rows()) + " rows; the one before had "
                                + Shown.count(grounds.earlier().rows()) + " in "
                                + Bytes.shown(grounds.earlier().bytes()));
    }

    private void rehearsed() {
        item(
                "The scripts are valid SQL and split into statements",
                true,
                grounds.trace().statements().size() + " statements, read by PostgreSQL's own parser");
        item(
                "They ran forward on a copy of this database",
                true,
                "in " + Shown.millis(grounds.rehearsal().forwardMillis()));
        boolean reversible = grounds.rehearsal().reversible();
        item(
                "They ran back to the same schema and the same rows, and forward again",
                reversible,
                reversible
                        ? "back in " + Shown.millis(grounds.rehearsal().backMillis())
                        : grounds.rehearsal().whyOneWay());
        boolean kept = grounds.rehearsal().rows().losses().isEmpty();
        item(
                "Every row that was there is there afterwards",
                kept,
                grounds.rehearsal().rows().shown());
        List<CheckResult> checks = grounds.checks().copy();
        long passed = checks.stream()
                .filter(check -> check.state() == CheckResult.State.PASSED)
                .count();
        item(
                "The project's checks and samples pass on the migrated copy",
                passed > 0,
                checks.isEmpty()
                        ? "the project has none"
                        : passed + " passed, " + (checks.size() - passed) + " are for the database alone");
    }

    private void prepared() {
        item(
                "The way back is prepared",
                true,
                (grounds.rehearsal().reversible()
                                ? grounds.undoShown() + " for all "
                                        + grounds.scope().newestFirst().size() + " versions, tried; "
                                : "")
                        + "the backup, restored once already");
        int waiting = grounds.longTransactions().size();
        item(
                "No long transaction would hold up a lock",
                waiting == 0,
                waiting == 0
                        ? "none was open for a minute when the audit looked"
                        : waiting + " were open for a minute or more when the audit looked");
    }

    /** What is still to come is not ticked: the migration goes no further without it. */
    private void permitted() {
        if (policy().approval()) {
            item(
                    "Approved",
                    false,
                    "the policy asks for an approval" + (policy().fourEyes() ? " by somebody else" : ""));
        }
        if (!policy().windows().isUnrestricted()) {
            item("The maintenance window is open", false, "the migration waits for it");
        }
    }

    private Policy policy() {
        return grounds.database().policy();
    }

    private void item(String text, boolean ticked, String evidence) {
        items.add(new Plan.Item(text, ticked, evidence));
    }
}
