package dev.belay.salvage;

import dev.belay.catalog.OtherRows;
import dev.belay.catalog.TableHash;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.scope.Comparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries what applications wrote since a backup into a restored copy of it. What they wrote is what the live database
 * differs in from "backup plus migration"; it is merged column by column with the backup. What has no place there is kept in
 * {@link SalvageSchema}.
 *
 * <p>{@link #carry} may be called while applications go on writing, and again: each further call carries the rest. The last
 * one, when they are kept out, makes it complete. Each is one transaction of the restored database.
 */
public final class Merge {

    private final Databases databases;
    private final Comparison comparison;
    private final UUID job;
    private final Monitor monitor;
    private final Progress progress;
    private @Nullable Plan plan;

    /**
     * The databases.
     *
     * @param live the one that applications write to
     * @param migrated a clone of the backup on which the same migration was run; {@code backup} when none was
     * @param again a clone on which it was run once more; null when none was
     * @param backup a clone of the backup as it is. All three are file copies of one database: OIDs in them are the same
     * @param successor the restored copy, which nobody uses yet; matched by names
     */
    public record Databases(
            DatabaseAddress live,
            DatabaseAddress migrated,
            @Nullable DatabaseAddress again,
            DatabaseAddress backup,
            DatabaseAddress successor) {}

    public Merge(Databases databases, Comparison comparison, UUID job, Monitor monitor) {
        this(databases, comparison, job, monitor, false);
    }

    /** @param wasBegun whether an earlier merge may have carried something into the copy already, and is not there any more */
    public Merge(Databases databases, Comparison comparison, UUID job, Monitor monitor, boolean wasBegun) {
        this.databases = databases;
        this.comparison = comparison;
        this.job = job;
        this.monitor = monitor;
        this.progress = new Progress(wasBegun);
    }

    /** What a merge needs to know of the databases that nobody writes to. */
    record Plan(
            Layout migrated,
            Layout backup,
            FreshColumns fresh,
            Sequences.Homes sequences,
            SortedMap<String, TableHash> otherRows) {}

    /** What is known from the passes so far. */
    static final class Progress {
        final boolean wasBegun;
        List<String> staleViews = List.of();
        List<String> leftBehind = List.of();
        int sequences;
        private final Map<String, TableProgress> tables = new TreeMap<>();
        private @Nullable WriteTokens tokens;

        Progress(boolean wasBegun) {
            this.wasBegun = wasBegun;
        }

        TableProgress of(String table) {
            return tables.computeIfAbsent(table, name -> new TableProgress(tables.size() + 1));
        }

        boolean isFirst() {
            return tokens == null;
        }

        WriteTokens tokens() {
            return Objects.requireNonNull(tokens);
        }

        /** To be called once a pass is committed. */
        void advance(WriteTokens read, Map<String, Seen> seen, Map<String, TableReport> reports) {
            tokens = read;
            seen.forEach((table, found) -> of(table).seen = found);
            reports.forEach((table, report) -> of(table).report = report.after(of(table).report));
        }

        SalvageReport report(List<String> notCompared) {
            List<TableReport> written = tables.values().stream()
                    .map(table -> table.report)
                    .filter(report -> report != null && report.carried() + report.kept() > 0)
                    .toList();
            return new SalvageReport(written, sequences, notCompared, staleViews, leftBehind);
        }
    }

    /**
     * What a pass has seen of a live table.
     *
     * @param buckets its rows when all of them were last read
     * @param since those of them in which something was written after that, as far as it was looked for
     * @param horizon the oldest transaction that was not over when it was last looked at
     */
    record Seen(Buckets buckets, Set<Integer> since, String horizon) {}

    /** Of one live table. */
    static final class TableProgress {
        final int number;

        @Nullable
        Seen seen;

        @Nullable
        TableReport report;

        @Nullable
        MigrationFacts facts;

        TableProgress(int number) {
            this.number = number;
        }
    }

    /**
     * Carries what differs now.
     *
     * @throws dev.belay.problem.ProblemException when the monitor stops the work; the copy is then as it was before
     */
    public SalvageReport carry() throws SQLException {
        try (Pass pass = begin()) {
            return pass.carry();
        }
    }

    /**
     * Gets all ready for a pass, so that applications need to be kept out for no more than {@link Pass#carry}. Its sessions
     * are those that are let in still.
     */
    public Pass begin() throws SQLException {
        if (plan == null) {
            FreshColumns fresh = databases.again() == null
                    ? FreshColumns.NONE
                    : FreshColumns.between(databases.migrated(), databases.again(), monitor);
            plan = plan(fresh);
        }
        return new Pass(Sessions.open(databases, monitor), plan, progress, job, monitor, comparison);
    }

    private Plan plan(FreshColumns fresh) throws SQLException {
        try (Connection migrated = databases.migrated().open();
                Connection backup = databases.backup().open()) {
            return new Plan(
                    Layout.read(migrated),
                    Layout.read(backup),
                    fresh,
                    Sequences.Homes.read(migrated, backup),
                    OtherRows.read(migrated));
        }
    }
}
