package dev.belay.plan;

import dev.belay.backup.Bytes;
import dev.belay.catalog.Difference;
import dev.belay.database.Script;
import dev.belay.policy.Policy;
import dev.belay.rehearsal.GeneratedUndo;
import dev.belay.rehearsal.Rehearsal;
import dev.belay.run.JobContext;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import dev.belay.sql.Statements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the plan from the evidence. Pure: the same grounds, the same plan. */
final class Planner {

    private final Grounds grounds;

    Planner(Grounds grounds) {
        this.grounds = grounds;
    }

    Plan plan(JobContext job, Basis basis, Instant now) {
        return new Plan(
                job.jobId(),
                now,
                overview(job.requestedBy()),
                RiskAssessor.assess(grounds),
                Checklist.of(grounds),
                grounds.audit(),
                grounds.impact(),
                scripts(),
                schemaChanges(),
                grounds.blocking(),
                grounds.trace().statements(),
                grounds.findings(),
                steps(),
                waysBack(),
                new Plan.Tests(tested(), grounds.checks().copy()),
                grounds.rehearsal().rows().losses(),
                basis);
    }

    private Plan.Overview overview(String requestedBy) {
        return new Plan.Overview(
                grounds.database().name(),
                grounds.database().environment(),
                grounds.database().project(),
                grounds.scope().parts().stream().map(Scope.Part::shown).toList(),
                requestedBy,
                grounds.manifest().fingerprint().tables().size(),
                grounds.rows(),
                grounds.trace().statements().size(),
                grounds.rehearsal().forwardMillis(),
                grounds.rehearsal().reversible());
    }

    private List<Plan.PlannedScript> scripts() {
        List<Plan.PlannedScript> scripts = new ArrayList<>();
        for (Scope.Part part : grounds.scope().parts()) {
            for (String file : part.files()) {
                part.module().scripts().stream()
                        .filter(script -> script.file().equals(file))
                        .map(script -> planned(part, script))
                        .forEach(scripts::add);
            }
        }
        return scripts;
    }

    private Plan.PlannedScript planned(Scope.Part part, Script script) {
        Optional<Script> undo = script.kind() == Script.Kind.VERSIONED
                ? part.module().undoOf(script.migrationVersion())
                : Optional.empty();
        Optional<Script> made = grounds.provenUndos()
                .flatMap(undos -> undos.of(part.module().name(), script))
                .map(GeneratedUndo::asScript);
        Optional<Script> back = undo.or(() -> made);
        return new Plan.PlannedScript(
                part.module().name(),
                script.file(),
                filled(part, script),
                back.map(Script::file).orElse(null),
                back.map(found -> filled(part, found)).orElse(null),
                undo.isEmpty() && made.isPresent());
    }

    private static String filled(Scope.Part part, Script script) {
        return Statements.fill(script.sql(), part.module().placeholders());
    }

    private List<Difference> schemaChanges() {
        Comparison comparison = new Comparison(grounds.scope().modules());
        return comparison
                .of(grounds.rehearsal().before())
                .differences(comparison.of(grounds.rehearsal().after()));
    }

    private List<Plan.PlannedStep> steps() {
        Policy policy = grounds.database().policy();
        List<Plan.PlannedStep> steps = new ArrayList<>();
        if (policy.approval()) {
            steps.add(new Plan.PlannedStep(
                    "approve",
                    "wait until " + (policy.fourEyes() ? "somebody else than who asked" : "somebody")
                            + " has approved this plan by its digest, for as long as it holds"));
        }
        standby()
                .ifPresent(standby -> steps.add(new Plan.PlannedStep(
                        "standby",
                        "restore the backup into a database beside this one and close it: about "
                                + Bytes.shown(standby.bytes())
                                + " on the database's server, kept for " + Durations.shown(policy.standbyRetention())
                                + " once the migration has ended")));
        if (!policy.windows().isUnrestricted()) {
            steps.add(new Plan.PlannedStep("window", "wait for a maintenance window into which the apply fits"));
        }
        steps.add(new Plan.PlannedStep(
                "apply",
                "run the scripts with a short lock_timeout, and again after a pause when a lock cannot be had; on the"
                        + " copy they took " + Shown.millis(grounds.rehearsal().forwardMillis())));
        steps.add(new Plan.PlannedStep(
                "verify",
                "compare the schema with the rehearsed one, and run the project's checks and samples; "
                        + ifItFails(policy)));
        return steps;
    }

    private String ifItFails(Policy policy) {
        return switch (policy.onFailure()) {
            case STOP -> "if verification fails, stop and leave it to a person";
            case ROLL_BACK ->
                "if verification fails, roll back without asking: by "
                        + (grounds.rehearsal().reversible() ? "the undo scripts" : "a restore");
        };
    }

    private List<Plan.WayBack> waysBack() {
        Rehearsal rehearsal = grounds.rehearsal();
        String database = grounds.database().name();
        String undo = "{\"database\": \"" + database + "\", \"method\": \"UNDO\"" + undoTarget() + "}";
        String restore = "{\"database\": \"" + database + "\", \"method\": \"RESTORE\", \"backup\": \""
                + grounds.manifest().id() + "\"}";
        return List.of(
                new Plan.WayBack(
                        "UNDO",
                        rehearsal.reversible(),
                        undo,
                        rehearsal.reversible() ? rehearsal.backMillis() : null,
                        rehearsal.reversible()
                                ? "By " + grounds.undoShown()
                                        + ". All rows stay, new ones too. Values in what goes away are first copied to"
                                        + " belay_salvage."
                                : "Not offered: " + rehearsal.whyOneWay() + ".",
                        null),
                new Plan.WayBack(
                        "RESTORE",
                        true,
                        restore,
                        grounds.proof().millis(),
                        "The database as it was backed up comes under the name again, and the migrated one is kept"
                                + " beside it. What applications wrote meanwhile is carried over; what has no place there"
                                + " is kept in belay_salvage."
                                + standby().map(Planner::shown).orElse(""),
                        standby().orElse(null)));
    }

    private static String shown(Plan.Standby standby) {
        return " A standby is kept ready for it, about " + Bytes.shown(standby.bytes())
                + " on the database's server, for "
                + Durations.shown(Duration.ofSeconds(standby.keptSeconds()))
                + " once the migration has ended: until then a restore does not wait for pg_restore.";
    }

    private Optional<Plan.Standby> standby() {
        Policy policy = grounds.database().policy();
        return policy.standby()
                ? Optional.of(new Plan.Standby(
                        grounds.proof().copyBytes(), policy.standbyRetention().toSeconds()))
                : Optional.empty();
    }

    private String undoTarget() {
        @Nullable
        String target = grounds.scope().parts().size() == 1
                ? grounds.scope().parts().get(0).from()
                : null;
        return target == null
                ? ""
                : ", \"to\": {\"" + grounds.scope().parts().get(0).module().name() + "\": \"" + target + "\"}";
    }

    private List<String> tested() {
        Rehearsal rehearsal = grounds.rehearsal();
        List<String> tested = new ArrayList<>();
        tested.add("The backup was restored into a new database; " + Shown.count(grounds.rows()) + " rows of "
                + grounds.manifest().fingerprint().tables().size()
                + " tables, all sequences, large objects and the catalog were found equal.");
        tested.add("The scripts ran forward on a clone of that copy in " + Shown.millis(rehearsal.forwardMillis())
                + ", each statement traced.");
        if (rehearsal.reversible()) {
            tested.add("The " + grounds.undoShown() + " ran back in " + Shown.millis(rehearsal.backMillis())
                    + ": same schema, same rows as the backup. Then the scripts ran forward again to the same schema.");
        }
        tested.add("Rows that were there before: " + rehearsal.rows().shown() + ".");
        return tested;
    }
}
