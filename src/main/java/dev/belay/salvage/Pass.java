package dev.belay.salvage;

import dev.belay.catalog.OtherRows;
import dev.belay.catalog.TableHash;
import dev.belay.postgres.Monitor;
import dev.belay.scope.Comparison;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One pass of a {@link Merge}: finds what differs now, carries it, and commits. */
public final class Pass implements AutoCloseable {

    private final Sessions sessions;
    private final Merge.Plan plan;
    private final Merge.Progress progress;
    private final UUID job;
    private final Monitor monitor;
    private final Comparison comparison;
    private final Map<String, Merge.Seen> seen = new TreeMap<>();
    private final List<TableWork> work = new ArrayList<>();

    Pass(
            Sessions sessions,
            Merge.Plan plan,
            Merge.Progress progress,
            UUID job,
            Monitor monitor,
            Comparison comparison) {
        this.sessions = sessions;
        this.plan = plan;
        this.progress = progress;
        this.job = job;
        this.monitor = monitor;
        this.comparison = comparison;
    }

    /** The process that serves the session in the live database. */
    public int livePid() throws SQLException {
        return sessions.livePid();
    }

    /** Carries what differs now; to be called once. */
    public SalvageReport carry() throws SQLException {
        sessions.look();
        if (!progress.isFirst() && sessions.tokens().isQuiet(progress.tokens())) {
            progress.sequences += new Sequences(sessions, plan.sequences()).moveOn();
            sessions.successor().commit();
            return progress.report(plan.fresh().shown(comparison::isHistory));
        }
        Layout live = Layout.read(sessions.live());
        if (progress.isFirst() && progress.wasBegun) {
            SalvageSchema.forget(sessions.successor(), job);
        }
        look(live);
        List<String> leftBehind = leftBehind(live);
        Map<String, TableReport> reports = write();
        new EarlierSalvage(sessions).carry(live);
        int sequences = moveSequencesOn();
        boolean refresh = progress.isFirst() && reports.values().stream().anyMatch(report -> report.carried() > 0);
        List<String> stale = refresh ? new MaterializedViews(sessions.successor()).refresh() : progress.staleViews;
        sessions.successor().commit();
        progress.advance(sessions.tokens(), seen, reports);
        progress.staleViews = stale;
        progress.leftBehind = leftBehind;
        progress.sequences += sequences;
        return progress.report(plan.fresh().shown(comparison::isHistory));
    }

    @Override
    public void close() throws SQLException {
        sessions.close();
    }

    private void look(Layout live) throws SQLException {
        Pairing pairing = new Pairing(live, plan.migrated(), plan.backup(), plan.fresh());
        int looked = 0;
        for (String table : live.tables().keySet()) {
            monitor.check();
            monitor.progress((double) looked++ / live.tables().size(), "comparing " + table);
            boolean mayDiffer = progress.isFirst() || sessions.tokens().mayDiffer(table, progress.tokens());
            boolean own = comparison.isHistory(table)
                    || EarlierSalvage.has(Objects.requireNonNull(live.tables().get(table)));
            if (mayDiffer && !own) {
                look(table, pairing.of(table), live);
            }
        }
    }

    /** What is in no table of the application cannot be carried; it is read again only if it may have been written to. */
    private List<String> leftBehind(Layout live) throws SQLException {
        if (!progress.isFirst()
                && !sessions.tokens().mayDifferBeside(live.tables().keySet(), progress.tokens())) {
            return progress.leftBehind;
        }
        SortedMap<String, TableHash> now = OtherRows.read(sessions.live());
        TreeSet<String> names = new TreeSet<>(now.keySet());
        names.addAll(plan.otherRows().keySet());
        names.removeIf(name -> Objects.equals(now.get(name), plan.otherRows().get(name)));
        return List.copyOf(names);
    }

    private int moveSequencesOn() throws SQLException {
        Sequences sequences = new Sequences(sessions, plan.sequences());
        int moved = sequences.moveOn();
        for (TableWork table : work) {
            moved += table.staged() == null ? 0 : sequences.movePast(table.staged());
        }
        return moved;
    }

    private void look(String table, Optional<TablePair> found, Layout live) throws SQLException {
        if (found.isEmpty()) {
            keepWhole(table, Objects.requireNonNull(live.tables().get(table)));
            return;
        }
        TablePair pair = found.get();
        Merge.@Nullable Seen before = progress.of(table).seen;
        if (before != null && pair.hasKey() && !sessions.tokens().mayLackKeys(table, progress.tokens())) {
            lookAtRecent(pair, before);
            return;
        }
        int count = before != null
                ? before.buckets().count()
                : Buckets.suiting(Math.max(pair.live().bytes(), pair.base().bytes()));
        Buckets now = Buckets.read(sessions.live(), Rows.live(pair), count);
        Buckets reference =
                before != null ? before.buckets() : Buckets.read(sessions.base(pair), Rows.base(pair), count);
        seen.put(table, new Merge.Seen(now, Set.of(), sessions.horizon()));
        if (progress.of(table).facts == null) {
            progress.of(table).facts = MigrationFacts.read(sessions, pair);
        }
        TreeSet<Integer> chosen = new TreeSet<>(now.differing(reference));
        if (before != null) {
            chosen.addAll(before.since());
        }
        boolean again = !progress.isFirst() || progress.wasBegun;
        if (before == null && progress.wasBegun && pair.home() != null && pair.hasKey()) {
            chosen.addAll(Buckets.read(sessions.restored(), Rows.home(pair), count)
                    .differing(Buckets.read(sessions.backup(), Rows.home(pair), count)));
        }
        if (!chosen.isEmpty()) {
            merge(pair, count, List.copyOf(chosen), again);
        }
    }

    /** No key is gone, so the rows' own headers tell what was written: far less work than to read all that is in them. */
    private void lookAtRecent(TablePair pair, Merge.Seen before) throws SQLException {
        int count = before.buckets().count();
        Set<Integer> written = Buckets.writtenSince(sessions.live(), Rows.live(pair), count, before.horizon());
        Set<Integer> since = new TreeSet<>(before.since());
        since.addAll(written);
        seen.put(pair.name(), new Merge.Seen(before.buckets(), since, sessions.horizon()));
        if (!written.isEmpty()) {
            merge(pair, count, List.copyOf(written), true);
        }
    }

    private void merge(TablePair pair, int buckets, List<Integer> chosen, boolean again) throws SQLException {
        Merge.TableProgress own = progress.of(pair.name());
        SalvageTable table = new SalvageTable(sessions.successor(), job, own.number, pair.source());
        table.forget(buckets, chosen);
        Keeper keeper = new Keeper(table);
        @Nullable
        Staged staged =
                pair.hasKey() && pair.home() != null ? new Staged(sessions.successor(), pair, own.number) : null;
        if (pair.hasKey()) {
            boolean keysMoved = Objects.requireNonNull(own.facts).keysMoved();
            new KeyedMerge(sessions, pair, keysMoved, keeper, staged).run(buckets, chosen, again);
        } else {
            new KeylessMerge(sessions, pair, keeper).run(buckets, chosen);
        }
        keeper.flush();
        if (staged != null) {
            staged.flush();
        }
        work.add(new TableWork(pair.name(), pair, table, staged));
    }

    /** Nobody can tell what was written to it, so all of it was. */
    private void keepWhole(String name, Layout.Table live) throws SQLException {
        TablePair pair = new TablePair(
                name,
                live,
                live,
                false,
                null,
                live.identity().columns().stream()
                        .map(column -> new MergeColumn(column.name(), column.type(), null, false, false))
                        .toList(),
                List.of());
        SalvageTable table = new SalvageTable(sessions.successor(), job, progress.of(name).number, pair.source());
        table.forget(1, List.of(0));
        Keeper keeper = new Keeper(table);
        try (RowCursor rows = RowCursor.open(sessions.live(), Rows.live(pair), 1, List.of(0))) {
            RowCursor.Row row = rows.head();
            while (row != null) {
                keeper.keep(row.key(), "neither the backup nor its migration has a table like this", row.values());
                rows.next();
                row = rows.head();
            }
        }
        keeper.flush();
        work.add(new TableWork(name, pair, table, null));
    }

    private Map<String, TableReport> write() throws SQLException {
        List<Staged> staged = new ArrayList<>();
        Triggers triggers = new Triggers(sessions.successor());
        for (TableWork table : work) {
            if (table.staged() != null && table.staged().rows() > 0) {
                triggers.switchOff(table.staged());
                staged.add(table.staged());
            }
        }
        monitor.progress(1, "writing what applications wrote");
        Map<Staged, Writing.Result> results = new Writing(sessions.successor(), staged, monitor).run();
        triggers.switchOnAgain();
        Map<String, TableReport> reports = new LinkedHashMap<>();
        for (TableWork table : work) {
            Writing.Result result = results.get(table.staged());
            if (result != null) {
                new Refusals(sessions, table).keep(result);
            }
            reports.put(table.name(), new Reporting(table, progress.of(table.name()).facts).report(result));
        }
        return reports;
    }
}
