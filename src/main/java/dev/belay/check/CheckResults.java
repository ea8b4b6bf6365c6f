package dev.belay.check;

import java.util.List;

/**
 * The results of a migration's checks by where they ran, in the order in which they are written.
 *
 * @param copy after the rehearsal's first way forward
 * @param database after the apply; empty before that
 */
public record CheckResults(List<CheckResult> copy, List<CheckResult> database) {

    static final CheckResults NONE = new CheckResults(List.of(), List.of());

    public CheckResults {
        copy = List.copyOf(copy);
        database = List.copyOf(database);
    }

    CheckResults withCopy(List<CheckResult> results) {
        return new CheckResults(results, List.of());
    }

    CheckResults withDatabase(List<CheckResult> results) {
        return new CheckResults(copy, results);
    }
}
