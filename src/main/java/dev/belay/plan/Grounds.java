package dev.belay.plan;

import dev.belay.audit.Audit;
import dev.belay.backup.Manifest;
import dev.belay.backup.Proof;
import dev.belay.backup.ProvenBackup;
import dev.belay.catalog.Relations;
import dev.belay.check.CheckResults;
import dev.belay.database.ManagedDatabase;
import dev.belay.drift.Drift;
import dev.belay.rehearsal.GeneratedUndos;
import dev.belay.rehearsal.Rehearsal;
import dev.belay.rules.Finding;
import dev.belay.scope.Scope;
import dev.belay.trace.Blocking;
import dev.belay.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a plan is made from.
 *
 * @param drift what somebody else has changed in the schema since the last job; null when nothing is known of that
 * @param backup what the migration began with
 * @param earlier the proven backup before this migration's own; null when there is none
 * @param generated the undo scripts that the rehearsal made; null when it made none
 * @param findings what the rules say of the trace
 */
record Grounds(
        ManagedDatabase database,
        Scope scope,
        Audit audit,
        @Nullable Drift drift,
        Manifest manifest,
        Proof proof,
        ProvenBackup backup,
        @Nullable ProvenBackup earlier,
        Rehearsal rehearsal,
        @Nullable GeneratedUndos generated,
        Trace trace,
        CheckResults checks,
        List<Finding> findings) {

    private static final long LONG_TRANSACTION_SECONDS = 60;

    /** The undo scripts that the rehearsal made, if they led back. */
    Optional<GeneratedUndos> provenUndos() {
        return Optional.ofNullable(generated).filter(GeneratedUndos::areProven);
    }

    /** What takes the versions back, as a person would name it. */
    String undoShown() {
        return provenUndos()
                .map(undos -> "generated undo scripts (" + undos.shown() + ")")
                .orElse("undo scripts");
    }

    List<Blocking> blocking() {
        return Blocking.of(trace);
    }

    long rows() {
        return manifest.fingerprint().rows();
    }

    /** Rows of the tables that the scripts name. */
    long rowsTouched() {
        return audit.tables().stream()
                .mapToLong(table -> table.rows() == null ? 0 : table.rows())
                .sum();
    }

    /** Rows that statements inserted, updated or deleted in tables that were there before. */
    long rowsWritten() {
        return trace.statements().stream()
                .flatMap(statement -> statement.work().stream())
                .filter(work -> !work.isNew())
                .mapToLong(work -> work.touched())
                .sum();
    }

    /** What hangs on the tables that are touched, as far as it could be read. */
    List<Relations> impact() {
        return audit.tables().stream()
                .map(Audit.TableFacts::relations)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Views, functions and foreign keys of others that hang on the tables that are touched. */
    int dependents() {
        return impact().stream()
                .mapToInt(table -> table.views().size()
                        + table.functions().size()
                        + table.referencedBy().size())
                .sum();
    }

    /** Transactions of others that had been open for a minute or longer, and would hold up every lock. */
    List<Audit.LongTransaction> longTransactions() {
        return audit.longTransactions().stream()
                .filter(transaction -> transaction.seconds() >= LONG_TRANSACTION_SECONDS)
                .toList();
    }

    /** Whether the backup is about as large as the one before; also when there is none before. */
    boolean isPlausible() {
        return earlier == null
                || (database.policy().isPlausible(earlier.rows(), backup.rows())
                        && database.policy().isPlausible(earlier.bytes(), backup.bytes()));
    }
}
