package dev.belay.plan;

import static dev.belay.policy.RiskLevel.BLOCKED;
import static dev.belay.policy.RiskLevel.HIGH;
import static dev.belay.policy.RiskLevel.LOW;
import static dev.belay.policy.RiskLevel.MEDIUM;

import dev.belay.audit.Audit;
import dev.belay.backup.Bytes;
import dev.belay.backup.ProvenBackup;
import dev.belay.plan.Plan.Reason;
import dev.belay.plan.Plan.Risk;
import dev.belay.policy.RiskLevel;
import dev.belay.rules.Finding;
import dev.belay.rules.Severity;
import dev.belay.trace.Blocking;
import dev.belay.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Weighs what was found. Every reason names its evidence; the level is that of the worst one. */
final class RiskAssessor {

    private static final long NOTICED_MILLIS = 1_000;
    private static final long OUTAGE_MILLIS = 10_000;
    private static final long MANY_ROWS = 1_000_000;
    private static final int MANY_DEPENDENTS = 20;
    private static final double MOSTLY_USED = 0.8;
    private static final int NAMED = 3;
    private static final int SEVERAL = 3;

    private final Grounds grounds;
    private final List<Reason> reasons = new ArrayList<>();

    private RiskAssessor(Grounds grounds) {
        this.grounds = grounds;
    }

    static Risk assess(Grounds grounds) {
        RiskAssessor assessor = new RiskAssessor(grounds);
        List<Runnable> kinds = List.of(
                assessor::backup,
                assessor::drift,
                assessor::losses,
                assessor::blocking,
                assessor::hazards,
                assessor::wayBack,
                assessor::rows,
                assessor::surroundings);
        int medium = 0;
        for (Runnable kind : kinds) {
            int before = assessor.reasons.size();
            kind.run();
            medium += assessor.reasons.stream().skip(before).anyMatch(reason -> reason.level() == MEDIUM) ? 1 : 0;
        }
        assessor.together(medium);
        assessor.reasons.sort(Comparator.comparing(Reason::level).reversed());
        RiskLevel level =
                assessor.reasons.isEmpty() ? LOW : assessor.reasons.get(0).level();
        return new Risk(level, assessor.reasons);
    }

    private void backup() {
        double allowed = grounds.database().policy().backupShrink();
        if (grounds.earlier() == null) {
            because(LOW, "there is no earlier proven backup to compare the size of this one with");
        } else if (!grounds.isPlausible()) {
            because(
                    BLOCKED,
                    "the backup has " + size(grounds.backup()) + ", the one before it had " + size(grounds.earlier())
                            + ": more than " + Math.round(100 * allowed)
                            + " % less, which the policy calls implausible."
                            + " Find out where the rows went; if it is right so, POST /backups: the next migration is"
                            + " compared with that one");
        }
    }

    private static String size(ProvenBackup backup) {
        return Shown.count(backup.rows()) + " rows in " + Bytes.shown(backup.bytes());
    }

    private void drift() {
        if (grounds.drift() != null) {
            because(
                    MEDIUM,
                    "somebody else has changed the schema since the last job, and it is taken as it is: "
                            + grounds.drift().shown());
        }
    }

    private void losses() {
        grounds.rehearsal().rows().losses().forEach(loss -> because(HIGH, "rows or values are lost: " + loss));
        grounds.rehearsal().rows().rewrites().forEach(table -> because(MEDIUM, "values are rewritten in " + table));
    }

    /** Tables that nobody can use for the same time and reason are one reason. */
    private void blocking() {
        Map<String, List<Blocking>> together = new LinkedHashMap<>();
        for (Blocking blocking : grounds.blocking()) {
            if (blocking.writersMillis() >= NOTICED_MILLIS) {
                String what = blocking.readersMillis() >= NOTICED_MILLIS ? "read or write" : "write";
                together.computeIfAbsent(what + blocking.since(), key -> new ArrayList<>())
                        .add(blocking);
            }
        }
        together.values().forEach(this::blocked);
    }

    private void blocked(List<Blocking> tables) {
        Blocking first = tables.get(0);
        boolean readers = first.readersMillis() >= NOTICED_MILLIS;
        String more = tables.size() > NAMED ? " and " + (tables.size() - NAMED) + " more" : "";
        String names = tables.stream().limit(NAMED).map(Blocking::relation).collect(Collectors.joining(", "));
        because(
                first.writersMillis() >= OUTAGE_MILLIS ? HIGH : MEDIUM,
                "nobody can " + (readers ? "read or write " : "write ") + names + more + " for about "
                        + Shown.millis(first.writersMillis()) + ", from " + first.since());
    }

    /** A hazard weighs what its rule says; one that a comment lets pass weighs nothing. */
    private void hazards() {
        for (Severity severity : Severity.values()) {
            List<Finding> found = grounds.findings().stream()
                    .filter(finding -> finding.severity() == severity && !finding.isSilenced())
                    .toList();
            if (severity == Severity.BLOCKING) {
                found.forEach(finding -> because(
                        BLOCKED,
                        finding.ruleId() + ", " + finding.module() + "/" + finding.file() + ", line " + finding.line()
                                + ": " + finding.observed()));
            } else if (!found.isEmpty()) {
                List<String> rules =
                        found.stream().map(Finding::ruleId).distinct().sorted().toList();
                because(
                        level(severity),
                        "the rules " + String.join(", ", rules) + " call " + found.size() + " things hazardous ("
                                + severity.name().toLowerCase(Locale.ROOT) + " severity)");
            }
        }
    }

    /** Troubles that are each bearable are less so when they come together. */
    private void together(int kinds) {
        if (kinds >= SEVERAL) {
            because(HIGH, kinds + " kinds of medium risk come together");
        }
    }

    /** What was observed says how bad it is here; a rule alone makes no migration high. */
    private static RiskLevel level(Severity severity) {
        return switch (severity) {
            case LOW -> LOW;
            case MEDIUM, HIGH -> MEDIUM;
            case BLOCKING -> BLOCKED;
        };
    }

    private void wayBack() {
        if (!grounds.rehearsal().reversible()) {
            because(
                    MEDIUM,
                    grounds.rehearsal().whyOneWay() + ": the only way back is a restore, which takes about "
                            + Shown.millis(grounds.proof().millis()));
        }
        Trace trace = grounds.trace();
        trace.unindexedKeys().stream()
                .filter(Trace.UnindexedKey::added)
                .forEach(key -> because(
                        MEDIUM,
                        "the new foreign key " + key.constraint() + " of " + key.table()
                                + " has no index: each DELETE on" + " the other side reads the whole table"));
    }

    private void rows() {
        long rows = grounds.rowsTouched();
        because(
                rows >= MANY_ROWS ? MEDIUM : LOW,
                Shown.count(rows) + " rows are in the tables that the scripts name; "
                        + Shown.count(grounds.rowsWritten()) + " are written by statements");
        int dependents = grounds.dependents();
        if (dependents > 0) {
            because(
                    dependents > MANY_DEPENDENTS ? MEDIUM : LOW,
                    dependents + " views, functions and foreign keys hang on these tables");
        }
    }

    private void surroundings() {
        Audit audit = grounds.audit();
        audit.findings()
                .forEach(demand -> because(
                        MEDIUM,
                        "rows broke a constraint when they were counted, and the scripts mended that on the copy; what"
                                + " is written until the apply may break it again: " + demand.shown()));
        grounds.longTransactions()
                .forEach(transaction -> because(
                        MEDIUM,
                        "a transaction of " + transaction.application() + " had been open for " + transaction.seconds()
                                + " s, and would hold up every lock"));
        audit.sequences().stream()
                .filter(sequence -> sequence.used() >= MOSTLY_USED)
                .forEach(sequence -> because(
                        MEDIUM,
                        "the sequence " + sequence.name() + " is used up to " + Math.round(100 * sequence.used())
                                + " %"));
        if (!audit.unindexedForeignKeys().isEmpty()) {
            because(
                    LOW,
                    audit.unindexedForeignKeys().size()
                            + " foreign keys of or to these tables had no index when the audit looked");
        }
        grounds.trace().untold().forEach(what -> because(LOW, what));
        if (grounds.checks().copy().isEmpty()) {
            because(LOW, "the project has no checks of its own");
        }
    }

    private void because(RiskLevel level, String text) {
        reasons.add(new Reason(level, text));
    }
}
