package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session of Belay's own has pinned, whatever the server, the role and the JVM would have. */
class DatabaseAddressIT {

    @ParameterizedTest
    @CsvSource({
        "TimeZone, UTC",
        "DateStyle, 'ISO, YMD'",
        "IntervalStyle, postgres",
        "bytea_output, hex",
        "extra_float_digits, 1",
        "search_path, ''",
        "row_security, off",
        "synchronous_commit, local"
    })
    void everything_that_changes_how_values_are_written_is_pinned(String setting, String value) throws SQLException {
        try (Connection session = TestPostgres.server().maintenance().open();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(value);
        }
    }
}
