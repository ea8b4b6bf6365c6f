package dev.belay.salvage;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.scope.Comparison;
import dev.belay.undo.UndoneCopy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One seed: makes everything up, goes back both ways, and tells what is not as it should be. */
final class WaysBack {

    private final long seed;
    private final List<String> faults = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private List<TableReport> reports = List.of();
    private Scenario scenario;

    private WaysBack(long seed) {
        this.seed = seed;
        this.scenario = new Scenario(seed, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /**
     * What came of a seed.
     *
     * @param remarks what was in order and yet is worth counting
     */
    record Outcome(Scenario scenario, List<String> faults, List<String> remarks) {}

    static Outcome of(long seed) {
        WaysBack ways = new WaysBack(seed);
        try (Copies copies = new Copies(seed)) {
            ways.run(copies);
        } catch (SQLException | RuntimeException e) {
            java.io.StringWriter trace = new java.io.StringWriter();
            e.printStackTrace(new java.io.PrintWriter(trace));
            ways.faults.add("failed: " + trace);
        }
        return new Outcome(ways.scenario, ways.faults, ways.remarks);
    }

    private void run(Copies copies) throws SQLException {
        Dice dice = new Dice(seed);
        Names names = new Names(dice);
        DatabaseAddress backup = copies.empty("backup");
        List<String> setUp;
        Contents before;
        try (Session session = new Session(backup)) {
            setUp = new SetUp(dice, names, session).run();
            before = Contents.read(session);
        }
        scenario = new Scenario(seed, setUp, List.of(), List.of(), List.of(), List.of());
        DatabaseAddress migrated = copies.copy(backup, "migrated");
        Contents base;
        try (Session session = new Session(migrated)) {
            Migration migration = new Migration(dice, names, session);
            migration.run();
            scenario = new Scenario(seed, setUp, migration.forward(), migration.back(), List.of(), List.of());
            base = Contents.read(session);
        }
        DatabaseAddress again = copies.copy(backup, "again");
        Contents second;
        GeneratedBack generated = new GeneratedBack(backup, again);
        try (Session session = new Session(again)) {
            session.execute(scenario.forward());
            second = Contents.read(session);
        }
        useGenerated(generated, copies);
        DatabaseAddress live = copies.emptied("live");
        DatabaseAddress successor = copies.emptied("successor");
        try (Session session = new Session(successor)) {
            session.execute(setUp);
        }
        Merge.Databases databases = new Merge.Databases(live, migrated, again, backup, successor);
        Contents written = write(copies, dice, databases, before);
        compare(databases, new Found(before, base, second, written, Contents.read(successor)));
        faults.addAll(Soundness.faults(successor));
        undo(again, live, written);
    }

    /** Every other seed goes back by the script that is made of what the migration did, where that is offered. */
    private void useGenerated(GeneratedBack generated, Copies copies) throws SQLException {
        if (seed % 2 == 1) {
            return;
        }
        Optional<List<String>> script = generated.offered(copies);
        remarks.add(script.isPresent() ? "generated" : "not generated");
        if (script.isPresent()) {
            scenario = new Scenario(
                    seed, scenario.setUp(), scenario.forward(), script.get(), scenario.writes(), scenario.later());
        }
    }

    /** The test would be worth nothing if the databases differed before anybody wrote. */
    private static void requireAlike(Contents one, Contents other) {
        for (Shape.Table table : one.shape().tables()) {
            Shape.Table same = other.shape().table(table.schema(), table.name()).orElseThrow();
            if (!one.of(table).equals(other.of(same))) {
                throw new IllegalStateException("the set-up is not the same twice: " + table.quoted());
            }
        }
    }

    /** Lets applications write, and carries it; returns what they left. */
    private Contents write(Copies copies, Dice dice, Merge.Databases databases, Contents before) throws SQLException {
        Merge merge =
                new Merge(databases, new Comparison(List.of()), UUID.nameUUIDFromBytes(new byte[] {7}), Monitor.none());
        Contents written;
        try (Session session = new Session(databases.live())) {
            session.execute(scenario.setUpWithPast());
            requireAlike(before, Contents.read(session));
            session.execute(scenario.forward());
            Writes writes = new Writes(dice, session);
            List<String> first = writes.run(dice.between(0, 40));
            keep(first, List.of());
            if (dice.percent(60)) {
                merge.carry();
                keep(first, writes.run(dice.between(0, 15)));
            }
            writes.moveSequencesOn();
            written = Contents.read(session);
        }
        // Applications are kept out for the last pass.
        copies.waitUntilLeft(databases.live());
        reports = merge.carry().tables();
        return written;
    }

    private void keep(List<String> writes, List<String> later) {
        scenario = new Scenario(seed, scenario.setUp(), scenario.forward(), scenario.back(), writes, later);
    }

    /** All databases as they are in the end. */
    private record Found(Contents backup, Contents migrated, Contents again, Contents live, Contents successor) {

        Forms forms(Shape.Table table) {
            Forms.Form before = Forms.Form.of(backup, backup.shape().table(table.oid()));
            return new Forms(
                    before,
                    new Forms.Form(table, migrated.of(table)),
                    Objects.requireNonNull(named(live, table)),
                    named(again, table),
                    before == null ? null : named(successor, before.table()));
        }

        private static Forms.@Nullable Form named(Contents contents, Shape.Table table) {
            return Forms.Form.of(contents, contents.shape().table(table.schema(), table.name()));
        }
    }

    private void compare(Merge.Databases databases, Found found) throws SQLException {
        List<Soundness.Wanted> wanted = new ArrayList<>();
        Set<Long> kept = new HashSet<>();
        try (Session session = new Session(databases.backup())) {
            Casts casts = new Casts(session);
            Salvaged salvaged = Salvaged.read(databases.successor());
            faults.addAll(salvaged.differences(reports));
            Carried carried = new Carried(salvaged, casts);
            for (Shape.Table table : found.migrated().shape().tables()) {
                Forms forms = found.forms(table);
                carried.table(forms);
                kept.add(table.oid());
                if (forms.keyed()) {
                    wanted.add(new Soundness.Wanted(
                            Objects.requireNonNull(forms.backup()).table(),
                            new Reference(forms, casts).fates(),
                            forms.homes(forms.migrated().key())));
                }
            }
            dropped(found, kept, carried);
            faults.addAll(carried.faults());
            if (!carried.conflicts().isEmpty()) {
                conflicts(databases, wanted, carried.conflicts());
            }
        }
    }

    private static void dropped(Found found, Set<Long> kept, Carried carried) {
        for (Shape.Table table : found.backup().shape().tables()) {
            if (!kept.contains(table.oid())) {
                carried.dropped(
                        new Forms.Form(table, found.backup().of(table)),
                        Objects.requireNonNull(Found.named(found.successor(), table)));
            }
        }
    }

    /** What is listed instead of carried needs a constraint that stands in the way. */
    private void conflicts(Merge.Databases databases, List<Soundness.Wanted> wanted, List<String> conflicts)
            throws SQLException {
        List<String> obstacles = Soundness.obstacles(databases.backup(), wanted);
        if (!obstacles.isEmpty()) {
            remarks.add("conflict");
            return;
        }
        for (String conflict : conflicts) {
            // Rows that exchanged a unique value stand in each other's way, whatever the order in which they come.
            if (conflict.contains("refused: duplicate key")) {
                remarks.add("exchanged");
            } else if (conflict.contains("not the same value in the older type")
                    && conflict.matches("(?s).*[+]\\d\\d:\\d\\d.*")) {
                // What a moment is without its zone depends on the session in which the migration ran.
                remarks.add("zone");
            } else {
                faults.add("needless: " + conflict);
            }
        }
    }

    private void undo(DatabaseAddress rehearsed, DatabaseAddress live, Contents before) throws SQLException {
        Map<String, UndoneCopy.Kept> kept;
        try {
            kept = UndoneCopy.undo(rehearsed, live, scenario.back());
        } catch (SQLException e) {
            // An undo that what applications wrote does not fit into is refused as a whole.
            remarks.add("undo refused: " + e.getMessage());
            if (!before.rows().equals(Contents.read(live).rows())) {
                faults.add("a refused undo changed something");
            }
            return;
        }
        faults.addAll(Undone.faults(before, live, kept));
    }
}
