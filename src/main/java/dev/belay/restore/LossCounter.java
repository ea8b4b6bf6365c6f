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
import dev.belay.migration.Comparison;
import dev.belay.migration.Rehearser;
import dev.belay.migration.Scope;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.run.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

    Loss count(Question question, JobContext job) throws Exception {
        DatabaseAddress live = question.live().address();
        long writes = writes(live);
        Comparison comparison = new Comparison(question.project().modules());
        DatabaseAddress reference = reference(question, comparison, job);
        Fingerprint found = comparison.of(Fingerprinter.take(live, null, SESSIONS, job));
        Fingerprint expected = comparison.of(Fingerprinter.take(reference, null, SESSIONS, job));
        Map<String, TableIdentity> liveTables = identities(live);
        Map<String, TableIdentity> expectedTables = identities(reference);
        List<Loss.TableLoss> losses = new ArrayList<>();
        for (Map.Entry<String, TableIdentity> entry : liveTables.entrySet()) {
            String name = entry.getKey();
            TableHash has = found.tables().get(name);
            TableHash had = expected.tables().get(name);
            if (has == null || has.equals(had)) {
                continue;
            }
            TableIdentity before = expectedTables.get(name);
            RowDifferences rows = before == null || !sameColumns(entry.getValue(), before)
                    ? new RowDifferences(has.rows(), 0)
                    : RowDifferences.count(live, entry.getValue(), reference, before, job);
            if (rows.onlyLeft() > 0 || rows.onlyRight() > 0) {
                losses.add(new Loss.TableLoss(name, rows.onlyLeft(), rows.onlyRight()));
            }
        }
        return new Loss(losses, writes);
    }

    private DatabaseAddress reference(Question question, Comparison comparison, JobContext job) throws Exception {
        Catalog live = comparison.of(catalog(question.live().address()));
        boolean same = comparison
                .of(question.manifest().fingerprint().catalog())
                .digest()
                .equals(live.digest());
        if (same || question.applied().isEmpty()) {
            return question.restored();
        }
        DatabaseAddress clone = golden.cloneOf(question.plan().backup(), "reference", job);
        new Rehearser(question.live().copyAt(clone), question.applied().get(), job).forward();
        return clone;
    }

    /** Rows inserted, updated and deleted in the database since its statistics began. */
    static long writes(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return writes(session);
        }
    }

    static long writes(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)" + " FROM pg_stat_user_tables")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Catalog catalog(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return CatalogReader.read(session);
        }
    }

    /** By the name under which a fingerprint knows the table. */
    private static Map<String, TableIdentity> identities(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open();
                Statement statement = session.createStatement()) {
            Map<Long, TableIdentity> byOid = new TreeMap<>();
            Identities.read(session).forEach(table -> byOid.put(table.oid(), table));
            Map<String, TableIdentity> byName = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery("SELECT oid::bigint, oid::regclass::text FROM pg_class")) {
                while (rows.next()) {
                    TableIdentity table = byOid.get(rows.getLong(1));
                    if (table != null) {
                        byName.put(rows.getString(2), table);
                    }
                }
            }
            return byName;
        }
    }

    private static boolean sameColumns(TableIdentity left, TableIdentity right) {
        return names(left).equals(names(right));
    }

    private static java.util.Set<String> names(TableIdentity table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(java.util.stream.Collectors.toSet());
    }
}
