package dev.belay.postgres;

import static dev.belay.postgres.Identifiers.literal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What has to be decided when a database is created and cannot be changed later: without it a copy sorts, compares and
 * stores text differently.
 *
 * @param provider libc or icu; null on servers before 15, which know libc alone
 * @param icuLocale null unless the provider is icu
 */
public record DatabaseShape(
        String encoding,
        String collate,
        String ctype,
        @Nullable String provider,
        @Nullable String icuLocale) {

    public static DatabaseShape read(Connection session, String database) throws SQLException {
        boolean providers = session.getMetaData().getDatabaseMajorVersion() >= 15;
        String sql = "SELECT pg_encoding_to_char(encoding), datcollate, datctype, "
                + (providers ? "CASE datlocprovider WHEN 'i' THEN 'icu' ELSE 'libc' END, daticulocale" : "NULL, NULL")
                + " FROM pg_database WHERE datname = ?";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("database " + database + " does not exist", "3D000");
                }
                return new DatabaseShape(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
            }
        }
    }

    /** What CREATE DATABASE is told of it. */
    public String clauses() {
        return "ENCODING " + literal(encoding) + " LC_COLLATE " + literal(collate) + " LC_CTYPE " + literal(ctype)
                + (provider == null ? "" : " LOCALE_PROVIDER " + provider)
                + (icuLocale == null ? "" : " ICU_LOCALE " + literal(icuLocale));
    }
}
