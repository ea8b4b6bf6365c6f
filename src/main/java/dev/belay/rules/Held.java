package dev.belay.rules;

import dev.belay.trace.Lock;
import dev.belay.trace.LockMode;
import dev.belay.trace.RelationKind;
import dev.belay.trace.Trace;
import dev.belay.trace.TracedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The strongest lock that is held on each table, statement by statement: none is given back before the end of its
 * transaction. Tables that are new to the transaction, and indexes, are left out.
 */
final class Held {

    private final List<Map<String, LockMode>> before = new ArrayList<>();
    private final List<Map<String, LockMode>> after = new ArrayList<>();
    private final Map<Integer, Map<String, LockMode>> atEnd = new HashMap<>();

    Held(Trace trace) {
        for (TracedStatement statement : trace.statements()) {
            Map<String, LockMode> held = atEnd.getOrDefault(statement.transaction(), Map.of());
            before.add(held);
            Map<String, LockMode> more = with(held, statement.locks());
            after.add(more);
            atEnd.put(statement.transaction(), more);
        }
    }

    private static Map<String, LockMode> with(Map<String, LockMode> held, List<Lock> locks) {
        Map<String, LockMode> more = new HashMap<>(held);
        for (Lock lock : locks) {
            if (!lock.isNew() && lock.kind() != RelationKind.INDEX) {
                more.merge(lock.relation(), lock.mode(), (one, two) -> one.compareTo(two) >= 0 ? one : two);
            }
        }
        return more.equals(held) ? held : more;
    }

    Map<String, LockMode> before(int statement) {
        return before.get(statement);
    }

    Map<String, LockMode> after(int statement) {
        return after.get(statement);
    }

    Map<String, LockMode> atEnd(int transaction) {
        return atEnd.getOrDefault(transaction, Map.of());
    }
}
