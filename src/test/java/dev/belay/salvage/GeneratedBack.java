package dev.belay.salvage;

import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.reversal.Reversal;
import dev.belay.reversal.Reverser;
import dev.belay.reversal.Structure;
import dev.belay.reversal.UndoStatement;
import dev.belay.scope.Comparison;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The undo script that nobody wrote, proven as a rehearsal proves it: the same schema and the same rows, or not offered. */
final class GeneratedBack {

    private final DatabaseAddress backup;
    private final DatabaseAddress migrated;
    private final Structure before;

    /** @param migrated a copy of the backup that is about to be migrated */
    GeneratedBack(DatabaseAddress backup, DatabaseAddress migrated) throws SQLException {
        this.backup = backup;
        this.migrated = migrated;
        try (Connection session = migrated.open()) {
            this.before = Structure.remember(session, Set.of());
        }
    }

    /** To be called once the migration has run. */
    Optional<List<String>> offered(Copies copies) throws SQLException {
        Reversal reversal;
        try (Connection session = migrated.open()) {
            reversal = Reverser.reverse(before, session, Set.of());
        }
        if (!reversal.obstacles().isEmpty()) {
            return Optional.empty();
        }
        List<String> script =
                reversal.statements().stream().map(UndoStatement::sql).toList();
        DatabaseAddress tried = copies.copy(migrated, "tried");
        try (Session session = new Session(tried)) {
            session.execute(script);
        }
        boolean same = fingerprint(backup).differences(fingerprint(tried)).isEmpty();
        return same ? Optional.of(script) : Optional.empty();
    }

    private static Fingerprint fingerprint(DatabaseAddress database) {
        return new Comparison(List.of()).of(Fingerprinter.take(database, null, 1, Monitor.none()));
    }
}
