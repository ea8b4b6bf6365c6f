package dev.belay.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

final class JdbcUrls {

    private JdbcUrls() {}

    /** Percent-encodes everything, a space as %20: the driver decodes with the form rules, which take both. */
    static String encode(String databaseName) {
        return URLEncoder.encode(databaseName, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
