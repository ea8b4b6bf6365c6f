package dev.belay.rename;

import dev.belay.postgres.Identifiers;
import java.nio.charset.StandardCharsets;

/** How PostgreSQL names what nobody gave a name: table, columns and a word, shortened as its makeObjectName does. */
final class PostgresName {

    private static final int LONGEST = 63;

    private PostgresName() {}

    /** Any part but the first may be empty. */
    static String of(String table, String columns, String label) {
        int left = LONGEST - (label.isEmpty() ? 0 : bytes(label) + 1) - (columns.isEmpty() ? 0 : 1);
        int first = bytes(table);
        int second = bytes(columns);
        while (first + second > left) {
            if (first > second) {
                first--;
            } else {
                second--;
            }
        }
        return Identifiers.shortened(table, first)
                + (columns.isEmpty() ? "" : "_" + Identifiers.shortened(columns, second))
                + (label.isEmpty() ? "" : "_" + label);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
