package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseAttributesIT {

    @Test
    void what_is_read_from_one_database_is_what_another_gets() throws SQLException {
        DatabaseAddress first = TestPostgres.freshDatabase("attributes one");
        DatabaseAddress second = TestPostgres.freshDatabase("attributes two");
        TestPostgres.execute(
                first.server().maintenance(),
                "CREATE ROLE \"attributes 'owner\"",
                "CREATE ROLE attributes_reader",
                "ALTER DATABASE \"attributes one\" OWNER TO \"attributes 'owner\"",
                "GRANT CREATE ON DATABASE \"attributes one\" TO attributes_reader WITH GRANT OPTION",
                "REVOKE CONNECT ON DATABASE \"attributes one\" FROM PUBLIC",
                "ALTER DATABASE \"attributes one\" CONNECTION LIMIT 7",
                "COMMENT ON DATABASE \"attributes one\" IS 'it''s \\ ours'",
                "ALTER DATABASE \"attributes one\" SET search_path = 'a b', public",
                "ALTER DATABASE \"attributes one\" SET app.name = 'it''s = \\ \"x\"'",
                "ALTER ROLE attributes_reader IN DATABASE \"attributes one\" SET work_mem = '3MB'");
        try (DatabaseAdmin admin = new DatabaseAdmin(first.server())) {
            DatabaseAttributes read = DatabaseAttributes.read(admin.session(), first.name());

            read.applyTo(admin, second.name());

            assertThat(DatabaseAttributes.read(admin.session(), second.name())).isEqualTo(read);
            assertThat(read.settings()).hasSize(3);
        }
    }

    @Test
    void a_database_with_nothing_special_stays_so() throws SQLException {
        DatabaseAddress first = TestPostgres.freshDatabase();
        DatabaseAddress second = TestPostgres.freshDatabase();
        try (DatabaseAdmin admin = new DatabaseAdmin(first.server())) {
            DatabaseAttributes read = DatabaseAttributes.read(admin.session(), first.name());

            read.applyTo(admin, second.name());

            assertThat(read.grants()).isNull();
            assertThat(DatabaseAttributes.read(admin.session(), second.name())).isEqualTo(read);
        }
    }
}
