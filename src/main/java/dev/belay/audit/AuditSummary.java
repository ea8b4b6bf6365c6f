package dev.belay.audit;

import dev.belay.audit.Audit.Demand;
import dev.belay.audit.Audit.FilterCount;
import dev.belay.audit.Audit.LongTransaction;
import dev.belay.audit.Audit.TableFacts;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An audit as a migration's result shows it: without what hangs on each table, which the plan has.
 *
 * @param tables how many were counted
 * @param rows in all of them
 * @param findings what rows break that the scripts demand
 * @param notAsked what the scripts demand and could not be asked
 */
record AuditSummary(
        int tables,
        long rows,
        List<FilterCount> filters,
        List<Demand> findings,
        List<Demand> notAsked,
        List<LongTransaction> longTransactions) {

    static AuditSummary of(Audit audit) {
        return new AuditSummary(
                audit.tables().size(),
                audit.tables().stream()
                        .map(TableFacts::rows)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum(),
                audit.filters(),
                audit.findings(),
                audit.demands().stream()
                        .filter(demand -> demand.notAsked() != null)
                        .toList(),
                audit.longTransactions());
    }

    /** One line for a person. */
    String shown(Audit audit) {
        int asked = audit.demands().size() - notAsked.size();
        return String.format(Locale.ROOT, "%d tables, %,d rows", tables, rows)
                + (audit.demands().isEmpty() ? "" : "; " + demands(asked))
                + (longTransactions.isEmpty()
                        ? ""
                        : "; the longest open transaction is "
                                + longTransactions.get(0).seconds() + " s old");
    }

    private String demands(int asked) {
        if (asked == 0) {
            return notAsked.size() + " constraints not asked";
        }
        String left = notAsked.isEmpty() ? "" : ", " + notAsked.size() + " not asked";
        return findings.isEmpty()
                ? "no row breaks the " + asked + " constraints asked" + left
                : "rows break " + findings.size() + " of " + asked + " constraints asked" + left + ": "
                        + findings.stream().map(Demand::shown).collect(Collectors.joining("; "));
    }
}
