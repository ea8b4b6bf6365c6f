package dev.belay.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * For how long applications have to wait for a table: from the statement that takes a lock which is in their way to the end
 * of its transaction, because no lock is given back before that.
 *
 * @param relation its name before the migration
 * @param readersMillis for how long a SELECT waits at most, in milliseconds
 * @param writersMillis for how long INSERT, UPDATE and DELETE wait at most, in milliseconds
 * @param strongest the strongest lock on it
 * @param since the statement with which the wait begins, as file and line
 */
public record Blocking(String relation, long readersMillis, long writersMillis, LockMode strongest, String since) {

    /** By table, longest first; tables that nobody has to wait for are not in it. */
    public static List<Blocking> of(Trace trace) {
        Map<String, Blocking> found = new TreeMap<>();
        Map<String, String> firstNames = new TreeMap<>();
        List<TracedStatement> statements = trace.statements();
        for (int i = 0; i < statements.size(); i++) {
            TracedStatement statement = statements.get(i);
            long millis = millisToEnd(statements, i);
            for (Lock lock : statement.locks()) {
                if (isInTheWay(lock)) {
                    String name = firstNames.getOrDefault(lock.relation(), lock.relation());
                    found.merge(name, of(name, lock, millis, statement), Blocking::and);
                }
            }
            noteRenames(statement, firstNames);
        }
        List<Blocking> longestFirst = new ArrayList<>(found.values());
        longestFirst.sort((left, right) -> Long.compare(right.writersMillis, left.writersMillis));
        return longestFirst;
    }

    private static boolean isInTheWay(Lock lock) {
        return !lock.isNew() && lock.kind() != RelationKind.INDEX && lock.mode().blocksWriters();
    }

    private static void noteRenames(TracedStatement statement, Map<String, String> firstNames) {
        for (Change change : statement.changes()) {
            String before = change.before();
            String after = change.after();
            if (change.kind() == Change.Kind.RELATION_RENAMED && before != null && after != null) {
                firstNames.put(after, firstNames.getOrDefault(before, before));
            }
        }
    }

    private static Blocking of(String name, Lock lock, long millis, TracedStatement statement) {
        return new Blocking(
                name,
                lock.mode().blocksReaders() ? millis : 0,
                millis,
                lock.mode(),
                statement.file() + ", line " + statement.line());
    }

    /** Within one transaction the first lock counts; over several, the longest wait does. */
    private Blocking and(Blocking other) {
        return new Blocking(
                relation,
                Math.max(readersMillis, other.readersMillis),
                Math.max(writersMillis, other.writersMillis),
                strongest.compareTo(other.strongest) >= 0 ? strongest : other.strongest,
                writersMillis >= other.writersMillis ? since : other.since);
    }

    /** The milliseconds from the beginning of a statement to the end of its transaction, at least one. */
    private static long millisToEnd(List<TracedStatement> statements, int from) {
        int transaction = statements.get(from).transaction();
        long micros = statements.stream()
                .skip(from)
                .filter(statement -> statement.transaction() == transaction)
                .mapToLong(TracedStatement::micros)
                .sum();
        return Math.max(1, Math.round(micros / 1000.0));
    }
}
