package dev.belay.rename;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * How Django names indexes and constraints: table, columns and a digest of both, each shortened where the whole is too long.
 * After {@code BaseDatabaseSchemaEditor._create_index_name}.
 */
final class DjangoName {

    private static final int LONGEST = 63;

    private DjangoName() {}

    static String of(String table, List<String> columns, String suffix) {
        String all = String.join("_", columns);
        String digest = digest(table, columns) + suffix;
        String whole = table + "_" + all + "_" + digest;
        if (whole.length() <= LONGEST) {
            return whole;
        }
        String last = digest.substring(0, Math.min(digest.length(), LONGEST / 3));
        int left = (LONGEST - last.length()) / 2 - 1;
        return beginning(table, left) + "_" + beginning(all, left) + "_" + last;
    }

    private static String beginning(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String digest(String table, List<String> columns) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(table.getBytes(StandardCharsets.UTF_8));
            columns.forEach(column -> md5.update(column.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(md5.digest()).substring(0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
