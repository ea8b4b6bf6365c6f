package dev.belay.trace;

import dev.belay.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Observes statements on the session that runs them: call {@link #before} and {@link #after} around each. Its own queries
 * take no locks that it would show, and their time does not count. For a database that nobody else uses.
 */
public final class Tracer implements AutoCloseable {

    private final DatabaseAddress database;
    private final List<TracedStatement> statements = new ArrayList<>();
    private final Set<Long> touched = new HashSet<>();
    private final Set<Long> young = new HashSet<>();
    private @Nullable Snapshot first;
    private final SchemaWatch watch = new SchemaWatch();
    private String clock = "";
    private int transaction = -1;
    private @Nullable Moment begun;
    private @Nullable LockSampler sampler;

    /** @param database the one that the statements run in; sampled from another session where that is needed */
    public Tracer(DatabaseAddress database) {
        this.database = database;
    }

    /** Where a statement stands. */
    public record Place(String module, String file, int line, String sql) {}

    /** What is known right before a statement. */
    private record Moment(
            boolean autocommit, Map<Long, Set<LockMode>> locks, Map<Long, RowCounts> rows, Session facts, long nanos) {}

    /** @param minimal whether the server leaves new files out of its write-ahead log */
    private record Session(int backend, long wal, boolean minimal, String clock) {

        static Session of(Connection session) throws SQLException {
            try (Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid(),"
                            + " pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::bigint,"
                            + " current_setting('wal_level') = 'minimal',"
                            + " extract(epoch FROM transaction_timestamp())::text")) {
                row.next();
                return new Session(row.getInt(1), row.getLong(2), row.getBoolean(3), row.getString(4));
            }
        }
    }

    /** To be called when the statement is about to run. */
    public void before(Connection session) throws SQLException {
        boolean autocommit = session.getAutoCommit();
        Session facts = Session.of(session);
        if (autocommit || !facts.clock().equals(clock)) {
            transaction++;
            clock = facts.clock();
            young.clear();
            watch.begin();
        }
        watch.look(session, autocommit);
        if (first == null) {
            first = watch.schema();
        }
        Map<Long, RowCounts> rows = RowCounts.inTransaction(session);
        if (autocommit) {
            sampler = LockSampler.start(database, facts.backend());
        }
        Map<Long, Set<LockMode>> locks = HeldLocks.of(session, facts.backend());
        begun = new Moment(autocommit, locks, rows, Session.of(session), System.nanoTime());
    }

    /** To be called when the statement has run. */
    public void after(Connection session, Place place) throws SQLException {
        long nanos = System.nanoTime();
        Moment from = Objects.requireNonNull(begun, "a statement that was not begun");
        Map<Long, Set<LockMode>> held = from.autocommit()
                ? sampled()
                : HeldLocks.of(session, from.facts().backend());
        Session facts = Session.of(session);
        Map<Long, RowCounts> rows = RowCounts.inTransaction(session);
        Snapshot was = watch.schema();
        watch.look(session, from.autocommit());
        watch.schema().relations().keySet().stream()
                .filter(oid -> !was.relations().containsKey(oid))
                .forEach(young::add);
        List<Work> work = work(session, was, from.rows(), rows);
        long wal = facts.wal() - from.facts().wal() + (facts.minimal() && !from.autocommit() ? unlogged(work) : 0);
        statements.add(new TracedStatement(
                place.module(),
                place.file(),
                place.line(),
                transaction,
                !from.autocommit(),
                place.sql(),
                (nanos - from.nanos()) / 1000,
                wal,
                locks(was, from.locks(), held),
                work,
                Changes.between(was, watch.schema(), young)));
        begun = null;
    }

    /** All that was observed. */
    public Trace trace(Connection session) throws SQLException {
        Snapshot before = first == null ? Snapshot.EMPTY : first;
        return new Trace(
                statements,
                UnindexedKeys.of(session, touched, before.constraints().keySet()));
    }

    private Map<Long, Set<LockMode>> sampled() throws SQLException {
        try (LockSampler ended = Objects.requireNonNull(sampler)) {
            sampler = null;
            return ended.end();
        }
    }

    private List<Lock> locks(Snapshot was, Map<Long, Set<LockMode>> before, Map<Long, Set<LockMode>> after) {
        List<Lock> locks = new ArrayList<>();
        for (Map.Entry<Long, Set<LockMode>> held : new TreeMap<>(after).entrySet()) {
            long oid = held.getKey();
            Snapshot.Relation relation =
                    was.relations().getOrDefault(oid, watch.schema().relations().get(oid));
            if (relation == null) {
                continue;
            }
            touched.add(oid);
            Optional<LockMode> strongest =
                    before.getOrDefault(oid, Set.of()).stream().max(Comparator.naturalOrder());
            held.getValue().stream()
                    // a weaker lock than one it holds already keeps nobody else out
                    .filter(mode ->
                            strongest.filter(had -> had.compareTo(mode) >= 0).isEmpty())
                    .map(mode -> new Lock(relation.name(), relation.kind(), mode, young.contains(oid)))
                    .forEach(locks::add);
        }
        return locks;
    }

    private List<Work> work(Connection session, Snapshot was, Map<Long, RowCounts> before, Map<Long, RowCounts> after)
            throws SQLException {
        Set<Long> worked = new LinkedHashSet<>();
        Map<Long, RowCounts> done = new HashMap<>();
        after.forEach((oid, counts) -> {
            RowCounts since = counts.since(before.getOrDefault(oid, RowCounts.NONE));
            if (!since.equals(RowCounts.NONE)) {
                done.put(oid, since);
                worked.add(oid);
            }
        });
        watch.schema().relations().values().stream()
                .filter(relation -> relation.file() != 0 && relation.file() != fileBefore(was, relation.oid()))
                .map(Snapshot.Relation::oid)
                .sorted()
                .forEach(worked::add);
        List<Work> work = new ArrayList<>();
        Map<Long, Long> sizes = new HashMap<>();
        for (long oid : worked) {
            Snapshot.Relation relation = watch.schema().relations().get(oid);
            if (relation != null) {
                long bytes = size(session, oid);
                sizes.put(oid, bytes);
                work.add(work(was, relation, done.getOrDefault(oid, RowCounts.NONE), bytes));
            }
        }
        watch.sizes(sizes);
        return work;
    }

    private Work work(Snapshot was, Snapshot.Relation relation, RowCounts done, long bytes) {
        boolean existed = was.relations().containsKey(relation.oid());
        boolean otherFile = existed && relation.file() != fileBefore(was, relation.oid());
        // whatever writes a table anew reads its rows, or leaves a file that is as large
        boolean emptied = done.rowsRead() == 0 && (bytes == 0 || done.inserted() > 0);
        boolean truncated = otherFile && emptied && !relation.isIndex() && bytesBefore(was, relation.oid()) > 0;
        return new Work(
                existed ? was.nameOf(relation.oid()) : relation.name(),
                relation.kind(),
                young.contains(relation.oid()),
                otherFile && !truncated,
                truncated,
                done.scans(),
                done.rowsRead(),
                done.inserted(),
                done.updated(),
                done.deleted(),
                bytes);
    }

    private static long fileBefore(Snapshot was, long oid) {
        Snapshot.Relation relation = was.relations().get(oid);
        return relation == null ? 0 : relation.file();
    }

    private static long bytesBefore(Snapshot was, long oid) {
        Snapshot.Relation relation = was.relations().get(oid);
        return relation == null ? 0 : relation.bytes();
    }

    private static long unlogged(List<Work> work) {
        return work.stream()
                .filter(one -> one.rewritten() || one.isNew())
                .mapToLong(Work::bytes)
                .sum();
    }

    private static long size(Connection session, long oid) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(pg_catalog.pg_relation_size(" + oid + "::oid::regclass), 0)")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        LockSampler running = sampler;
        if (running != null) {
            running.close();
        }
    }
}
