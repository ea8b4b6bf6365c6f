package dev.belay.salvage;

import dev.belay.postgres.Identifiers;
import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of one table are read in one database. Everything goes by what is written: a key's text and a row's text are
 * the same in two databases, whatever a column is called there.
 *
 * @param table its name as SQL
 * @param key the columns that tell rows apart; all that are compared in a table without a key
 * @param compared the columns whose values count
 * @param values the columns that are read
 */
record Rows(String table, List<String> key, List<String> compared, List<String> values) {

    Rows {
        key = List.copyOf(key);
        compared = List.copyOf(compared);
        values = List.copyOf(values);
    }

    static Rows live(TablePair pair) {
        return new Rows(pair.live().identity().qualifiedName(), key(pair), pair.compared(), pair.names());
    }

    static Rows base(TablePair pair) {
        return new Rows(pair.base().identity().qualifiedName(), key(pair), pair.compared(), pair.names());
    }

    /** In the backup, and in what was restored from it. */
    static Rows home(TablePair pair) {
        TablePair.Home home = pair.requireHome();
        return new Rows(
                home.table().identity().qualifiedName(), pair.homeKeyNames(), pair.homeNames(), pair.homeNames());
    }

    private static List<String> key(TablePair pair) {
        return pair.hasKey() ? pair.keyNames() : pair.compared();
    }

    /** One text for the key of a row. */
    String keyText() {
        return text(key);
    }

    /** How each bucket's rows hash together; two rows that change places between buckets, or values between rows, show. */
    String bucketQuery(int buckets) {
        return "SELECT " + bucket(keyText(), buckets) + ", (pg_catalog.sum(pg_catalog.hashtextextended("
                + text(compared) + ", 0)) % 4611686018427387847)::bigint + pg_catalog.count(*) FROM ONLY " + table
                + " GROUP BY 1";
    }

    /** How all keys hash together, and then all values of each of these columns; in one scan. */
    String sums(List<String> columns) {
        List<String> outputs = new ArrayList<>();
        outputs.add(sum(keyText()) + " + pg_catalog.count(*)");
        columns.forEach(column -> outputs.add(sum(text(List.of(column)))));
        return "SELECT " + String.join(", ", outputs) + " FROM ONLY " + table;
    }

    private static String sum(String text) {
        return "pg_catalog.sum(pg_catalog.hashtextextended(" + text + ", 0))";
    }

    /** The key's text and every value as it is written, in the order of the keys' bytes. */
    String rowQuery(int buckets, boolean all) {
        List<String> outputs = new ArrayList<>();
        outputs.add(keyText());
        values.forEach(column -> outputs.add(Identifiers.quote(column) + "::text"));
        String query = "SELECT " + String.join(", ", outputs) + " FROM ONLY " + table;
        return query + (all ? "" : " WHERE " + bucket(keyText(), buckets) + " = ANY (?)")
                + " ORDER BY pg_catalog.convert_to(" + keyText() + ", 'UTF8')";
    }

    /** In which of so many buckets, a power of two, a row with this key text is. */
    static String bucket(String keyText, int buckets) {
        return "(pg_catalog.hashtextextended(" + keyText + ", 0) & " + (buckets - 1) + ")::int";
    }

    private static String text(List<String> columns) {
        List<String> texts = columns.stream()
                .map(column -> Identifiers.quote(column) + "::text")
                .toList();
        return "ROW(" + String.join(", ", texts) + ")::text COLLATE pg_catalog.\"C\"";
    }
}
