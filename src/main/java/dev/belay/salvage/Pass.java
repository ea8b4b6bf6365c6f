package dev.belay.salvage;

import dev.belay.postgres.Monitor;
import dev.belay.scope.Comparison;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One pass of a {@link Merge}: finds what differs now, carries it, and commits. */
final class Pass {

    private final Sessions sessions;
    private final Merge.Plan plan;
    private final Merge.Progress progress;
    private final UUID job;
    private final Monitor monitor;
    private final Map<String, Buckets> seen = new TreeMap<>();
    private final List<TableWork> work = new ArrayList<>();

    Pass(Sessions sessions, Merge.Plan plan, Merge.Progress progress, UUID job, Monitor monitor) {
        this.sessions = sessions;
        this.plan = plan;
        this.progress = progress;
        this.job = job;
        this.monitor = monitor;
    }

    SalvageReport run(Layout live, Comparison comparison) throws SQLException {
        if (progress.isFirst() && progress.wasBegun) {
            SalvageSchema.forget(sessions.successor(), job);
        }
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
        Map<String, TableReport> reports = write();
        new EarlierSalvage(sessions).carry(live);
        Sequences positions = new Sequences(sessions);
        int sequences = positions.moveOn();
        for (TableWork table : work) {
            sequences += table.staged() == null ? 0 : positions.movePast(table.staged());
        }
        boolean refresh = progress.isFirst() && reports.values().stream().anyMatch(report -> report.carried() > 0);
        List<String> stale = refresh ? new MaterializedViews(sessions.successor()).refresh() : progress.staleViews;
        sessions.successor().commit();
        progress.advance(sessions.tokens(), seen, reports);
        progress.staleViews = stale;
        progress.sequences += sequences;
        return progress.report(plan.fresh().shown(comparison::isHistory));
    }

    private void look(String table, Optional<TablePair> found, Layout live) throws SQLException {
        if (found.isEmpty()) {
            keepWhole(table, Objects.requireNonNull(live.tables().get(table)));
            return;
        }
        TablePair pair = found.get();
        @Nullable Buckets before = progress.of(table).seen;
        int count = before != null
                ? before.count()
                : Buckets.suiting(Math.max(pair.live().bytes(), pair.base().bytes()));
        Buckets now = Buckets.read(sessions.live(), Rows.live(pair), count);
        Buckets reference = before != null ? before : Buckets.read(sessions.base(pair), Rows.base(pair), count);
        seen.put(table, now);
        if (progress.of(table).facts == null) {
            progress.of(table).facts = MigrationFacts.read(sessions, pair);
        }
        TreeSet<Integer> chosen = new TreeSet<>(now.differing(reference));
        boolean again = !progress.isFirst() || progress.wasBegun;
        if (before == null && progress.wasBegun && pair.home() != null && pair.hasKey()) {
            chosen.addAll(Buckets.read(sessions.restored(), Rows.home(pair), count)
                    .differing(Buckets.read(sessions.backup(), Rows.home(pair), count)));
        }
        if (!chosen.isEmpty()) {
            merge(pair, count, List.copyOf(chosen), again);
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
