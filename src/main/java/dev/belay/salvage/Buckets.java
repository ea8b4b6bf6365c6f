package dev.belay.salvage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table's rows hashed into buckets by their keys: a few bytes for each dozen of rows. Two databases compare these instead
 * of rows; only buckets that differ are read row by row.
 */
final class Buckets {

    private static final int MOST = 1 << 18;
    private static final int FEWEST = 1 << 4;
    private static final int BYTES_A_BUCKET = 1 << 10;

    private final long[] sums;

    private Buckets(long[] sums) {
        this.sums = sums;
    }

    /** How many buckets suit a table of this size. */
    static int suiting(long bytes) {
        int buckets = FEWEST;
        while (buckets < MOST && (long) buckets * BYTES_A_BUCKET < bytes) {
            buckets *= 2;
        }
        return buckets;
    }

    static Buckets read(Connection session, Rows rows, int buckets) throws SQLException {
        long[] sums = new long[buckets];
        try (Statement statement = session.createStatement();
                ResultSet found = statement.executeQuery(rows.bucketQuery(buckets))) {
            while (found.next()) {
                sums[found.getInt(1)] = found.getLong(2);
            }
        }
        return new Buckets(sums);
    }

    /** The numbers of the buckets in which rows were inserted or updated since a snapshot. */
    static Set<Integer> writtenSince(Connection session, Rows rows, int buckets, String horizon) throws SQLException {
        Set<Integer> written = new TreeSet<>();
        try (PreparedStatement statement = session.prepareStatement(rows.recentQuery(buckets))) {
            statement.setString(1, horizon);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    written.add(found.getInt(1));
                }
            }
        }
        return written;
    }

    int count() {
        return sums.length;
    }

    /** The numbers of the buckets whose rows differ. */
    List<Integer> differing(Buckets other) {
        List<Integer> differing = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != other.sums[i]) {
                differing.add(i);
            }
        }
        return differing;
    }
}
