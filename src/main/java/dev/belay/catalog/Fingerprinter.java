package dev.belay.catalog;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes fingerprints of databases. */
public final class Fingerprinter {

    /** hash_record_extended is there since this one. */
    private static final int OLDEST_MAJOR = 14;

    private Fingerprinter() {}

    /**
     * Reads every row of a database once.
     *
     * @param snapshotId a snapshot that is kept open elsewhere; null to take one for all sessions here
     * @param sessions how many tables to read at once, at least 1
     * @throws ProblemException when any table cannot be read, and when {@code monitor} stops the work
     */
    @SuppressWarnings("try") // the registration is there to be closed
    public static Fingerprint take(
            DatabaseAddress database, @Nullable String snapshotId, int sessions, Monitor monitor) {
        monitor.check();
        List<ReadSession> opened = new CopyOnWriteArrayList<>();
        // The catalog is not read without waiting for locks either, so it is to be broken off too.
        try (Monitor.Registration stop = monitor.onStop(() -> opened.forEach(ReadSession::abort))) {
            open(database, snapshotId, opened, monitor);
            return read(database, snapshotId, sessions, opened, monitor);
        } catch (SQLException e) {
            monitor.check();
            throw failed("fingerprint", database, e);
        } finally {
            opened.forEach(Fingerprinter::closeQuietly);
        }
    }

    private static Fingerprint read(
            DatabaseAddress database,
            @Nullable String snapshotId,
            int sessions,
            List<ReadSession> opened,
            Monitor monitor)
            throws SQLException {
        ReadSession first = opened.get(0);
        int major = first.connection().getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST_MAJOR) {
            throw ProblemType.PREFLIGHT_REFUSED.because("Rows can be hashed by PostgreSQL " + OLDEST_MAJOR
                    + " and later, but " + database + " is version " + major + ". Nothing was changed.");
        }
        SortedMap<String, SequenceRange> sequences = SequencePositions.read(first.connection());
        Catalog catalog = CatalogReader.read(first.connection());
        List<RowQuery> queries = RowQuery.all(first.connection());
        int needed = Math.min(sessions, queries.size());
        String shared = snapshotId == null && needed > 1 ? first.exportSnapshot() : snapshotId;
        while (opened.size() < needed) {
            open(database, shared, opened, monitor);
        }
        SortedMap<String, TableHash> hashes = new TreeMap<>(new RowHashing(queries, monitor).run(opened));
        TableHash largeObjects = hashes.remove(RowQuery.LARGE_OBJECTS);
        return new Fingerprint(major, catalog, hashes, sequences, largeObjects == null ? TableHash.NONE : largeObjects);
    }

    /** One more; told to stop before it was there, the work stops here. */
    private static void open(
            DatabaseAddress database, @Nullable String snapshotId, List<ReadSession> opened, Monitor monitor)
            throws SQLException {
        opened.add(ReadSession.open(database, snapshotId));
        monitor.check();
    }

    /** Where every sequence stands now; for {@link Fingerprint#withSequencesBetween}. */
    public static SortedMap<String, SequenceRange> sequences(DatabaseAddress database) {
        try (ReadSession session = ReadSession.open(database, null)) {
            return SequencePositions.read(session.connection());
        } catch (SQLException e) {
            throw failed("positions of the sequences", database, e);
        }
    }

    private static ProblemException failed(String what, DatabaseAddress database, SQLException e) {
        return ProblemType.DATABASE_ERROR.because(
                "The " + what + " of " + database + " could not be read: " + e.getMessage() + ". Nothing was changed.",
                e);
    }

    private static void closeQuietly(ReadSession session) {
        try {
            session.close();
        } catch (SQLException e) {
            // it only read, so there is nothing that could be lost
        }
    }
}
