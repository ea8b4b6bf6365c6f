package dev.belay.rules;

import dev.belay.sql.Parsed;
import dev.belay.trace.Change;
import dev.belay.trace.LockMode;
import dev.belay.trace.RelationKind;
import dev.belay.trace.Trace;
import dev.belay.trace.TracedStatement;
import dev.belay.trace.Work;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One statement of a trace, and what its transaction did before and after it. Relations that are new are left out. */
final class Moment {

    private static final Set<RelationKind> TABLES =
            Set.of(RelationKind.TABLE, RelationKind.PARTITIONED_TABLE, RelationKind.FOREIGN_TABLE);

    private final Trace trace;
    private final Held locks;
    private final int index;
    private final TracedStatement statement;
    private final Parsed parsed;

    Moment(Trace trace, Held locks, int index) {
        this.trace = trace;
        this.locks = locks;
        this.index = index;
        this.statement = trace.statements().get(index);
        this.parsed = Parsed.of(statement.sql());
    }

    Trace trace() {
        return trace;
    }

    int index() {
        return index;
    }

    TracedStatement statement() {
        return statement;
    }

    Parsed parsed() {
        return parsed;
    }

    /** Those that say what was changed in the end: what PostgreSQL itself drops and makes again is no change. */
    Stream<Change> changes(Change.Kind kind) {
        return statement.changes().stream()
                .filter(change -> change.kind() == kind && !change.isNew() && !isMadeAgain(change));
    }

    boolean changes(Change.Kind kind, String relation) {
        return changes(kind).anyMatch(change -> change.relation().equals(relation));
    }

    private boolean isMadeAgain(Change change) {
        Change.Kind other = switch (change.kind()) {
            case CONSTRAINT_ADDED -> Change.Kind.CONSTRAINT_DROPPED;
            case CONSTRAINT_DROPPED -> Change.Kind.CONSTRAINT_ADDED;
            case INDEX_CREATED -> Change.Kind.INDEX_DROPPED;
            case INDEX_DROPPED -> Change.Kind.INDEX_CREATED;
            default -> null;
        };
        return other != null
                && statement.changes().stream()
                        .anyMatch(one -> one.kind() == other
                                && one.relation().equals(change.relation())
                                && Objects.equals(one.name(), change.name()));
    }

    Stream<Work> work() {
        return statement.work().stream().filter(work -> !work.isNew());
    }

    Stream<Work> tables() {
        return work().filter(work -> TABLES.contains(work.kind()));
    }

    Optional<Work> work(String relation) {
        return work().filter(work -> work.relation().equals(relation)).findFirst();
    }

    boolean isRewritten(String relation) {
        return work(relation).filter(Work::rewritten).isPresent();
    }

    boolean isRead(String relation) {
        return work(relation)
                .filter(work -> work.scans() > 0 || work.rowsRead() > 0)
                .isPresent();
    }

    /** What the transaction held on tables when the statement began, the strongest of each. */
    Map<String, LockMode> heldBefore() {
        return locks.before(index);
    }

    /** The strongest lock that it or its transaction before it took on a relation. */
    Optional<LockMode> lock(String relation) {
        return Optional.ofNullable(locks.after(index).get(relation));
    }

    /** The same for the whole transaction, to its end. */
    Optional<LockMode> lockInTransaction(String relation) {
        return Optional.ofNullable(locks.atEnd(statement.transaction()).get(relation));
    }

    boolean blocksWriters(String relation) {
        return lock(relation).filter(LockMode::blocksWriters).isPresent();
    }

    Stream<TracedStatement> transaction() {
        return trace.statements().stream().filter(one -> one.transaction() == statement.transaction());
    }

    /** Such as {@code held SHARE on shop.orders for 3.2 s (1,000,000 rows read, 136 MB)}. */
    String held(String relation) {
        String lock = lock(relation)
                .map(mode -> "held " + mode.shown() + " on " + relation + " for ")
                .orElse("worked on " + relation + " for ");
        return lock + Amounts.time(statement.micros()) + amounts(relation);
    }

    private String amounts(String relation) {
        return work(relation).map(Moment::amounts).orElse("");
    }

    /** Such as {@code  (2,000 rows read, 3 rows written, 136 MB)}. */
    static String amounts(Work work) {
        Stream<String> parts = Stream.of(
                work.scans() > 0 || work.rowsRead() > 0 ? Amounts.rows(work.rowsRead()) + " read" : "",
                work.touched() > 0 ? Amounts.rows(work.touched()) + " written" : "",
                work.bytes() > 0 ? Amounts.bytes(work.bytes()) : "");
        List<String> told = parts.filter(part -> !part.isEmpty()).toList();
        return told.isEmpty() ? "" : " (" + String.join(", ", told) + ")";
    }
}
