package dev.belay.restore;

import dev.belay.backup.GoldenCopies;
import dev.belay.backup.Manifest;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.catalog.Identities;
import dev.belay.catalog.RowDifferences;
import dev.belay.catalog.TableHash;
import dev.belay.catalog.TableIdentity;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.rehearsal.Rehearser;
import dev.belay.run.JobContext;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Counts, row by row, what was written to a database since a backup. It is compared with the restored copy when both have
 * one schema, else with a clone on which the migration was run again: what differs from "backup plus migration" is what
 * applications wrote. Where neither has the live schema, every row of the table counts as written: unknown is a loss.
 */
@ApplicationScoped
class LossCounter {

    private static final int SESSIONS = 2;

    private final GoldenCopies golden;

    LossCounter(GoldenCopies golden) {
        this.golden = golden;
    }

    /**
     * What is compared.
     *
     * @param applied what was migrated after the backup, if Belay did it
     */
    record Question(
            ManagedDatabase live,
            DatabaseAddress restored,
            RestorePlan plan,
            Manifest manifest,
            Project project,
            Optional<Scope> applied) {}

    /**
     * What the live database is compared with.
     *
     * @param migrated what was run again on it; empty when it is the restored copy itself
     */
    private record Reference(DatabaseAddress database, Optional<Scope> migrated) {}

    Loss count(Question question, JobContext job) throws Exception {
        DatabaseAddress live = question.live().address();
        long writes = writes(live);
        Comparison comparison = new Comparison(question.project().modules());
        Reference reference = reference(question, comparison, job);
        Fingerprint found = comparison.of(Fingerprinter.take(live, null, SESSIONS, job));
        Fingerprint expected = comparison.of(Fingerprinter.take(reference.database(), null, SESSIONS, job));
        Set<String> changed = new TreeSet<>(found.tables().keySet());
        changed.removeIf(table ->
                Objects.equals(found.tables().get(table), expected.tables().get(table)));
        FreshColumns fresh = changed.isEmpty() ? FreshColumns.NONE : fresh(question, reference, job);
        List<Loss.TableLoss> losses = new ArrayList<>(largeObjects(found.largeObjects(), expected.largeObjects()));
        Map<String, TableIdentity> liveTables = Identities.byName(live);
        Map<String, TableIdentity> expectedTables = Identities.byName(reference.database());
        for (String name : changed) {
            TableIdentity now = liveTables.get(name);
            TableIdentity before = expectedTables.get(name);
            // What cannot be compared row by row (a table of an extension, one whose columns changed) counts whole.
            RowDifferences rows = now == null || before == null || !sameColumns(now, before)
                    ? new RowDifferences(rows(found, name), 0)
                    : RowDifferences.count(live, fresh.leaveOut(name, now), reference.database(), before, job);
            if (rows.onlyLeft() > 0 || rows.onlyRight() > 0) {
                losses.add(new Loss.TableLoss(name, rows.onlyLeft(), rows.onlyRight()));
            }
        }
        return new Loss(losses, fresh.in(changed), writes);
    }

    private static long rows(Fingerprint fingerprint, String table) {
        return Objects.requireNonNull(fingerprint.tables().get(table)).rows();
    }

    /** Their content is known by one hash alone, so when that differs each of them may have been written. */
    private static List<Loss.TableLoss> largeObjects(TableHash found, TableHash expected) {
        return found.equals(expected)
                ? List.of()
                : List.of(new Loss.TableLoss("large objects", found.rows(), expected.rows()));
    }

    private Reference reference(Question question, Comparison comparison, JobContext job) throws Exception {
        Catalog live = comparison.of(catalog(question.live().address()));
        boolean same = comparison
                .of(question.manifest().fingerprint().catalog())
                .digest()
                .equals(live.digest());
        if (same || question.applied().isEmpty()) {
            return new Reference(question.restored(), Optional.empty());
        }
        return new Reference(migratedClone(question, "reference", job), question.applied());
    }

    /** A second run of the same migration tells what it fills anew each time: that differs from the first, too. */
    private FreshColumns fresh(Question question, Reference reference, JobContext job) throws Exception {
        return reference.migrated().isEmpty()
                ? FreshColumns.NONE
                : FreshColumns.between(reference.database(), migratedClone(question, "again", job), job);
    }

    private DatabaseAddress migratedClone(Question question, String word, JobContext job) throws Exception {
        DatabaseAddress clone = golden.cloneOf(question.plan().backup(), word, job);
        new Rehearser(question.live().copyAt(clone), question.applied().orElseThrow(), job).forward();
        return clone;
    }

    /** Rows inserted, updated and deleted since the database's statistics began; large objects have rows too. */
    static long writes(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return writes(session);
        }
    }

    static long writes(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_all_tables WHERE"
                                + " relid = 'pg_largeobject'::regclass OR schemaname !~ '^(pg_|information_schema$)'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Catalog catalog(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return CatalogReader.read(session);
        }
    }

    private static boolean sameColumns(TableIdentity left, TableIdentity right) {
        return names(left).equals(names(right));
    }

    private static Set<String> names(TableIdentity table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.toSet());
    }
}
