package dev.belay.rename;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What code that knows only the old names can do once they have changed. */
class OldNamesIT {

    private static DatabaseAddress people(RenameRequest... requests) throws SQLException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(
                database,
                "CREATE TABLE person (id bigserial PRIMARY KEY, mail text UNIQUE, rank int NOT NULL DEFAULT 3,"
                        + " born date, loud text GENERATED ALWAYS AS (upper(mail)) STORED)",
                "CREATE TABLE visit (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                        + " person_id bigint REFERENCES person ON DELETE CASCADE, day date, UNIQUE (person_id, day))",
                "INSERT INTO person (mail) VALUES ('a'), ('b')",
                "INSERT INTO visit (person_id, day) VALUES (1, '2024-01-01')");
        for (RenameRequest request : requests) {
            try (Connection session = database.open()) {
                TestPostgres.execute(
                        database, "BEGIN; " + Renamer.write(session, request).forward() + "; COMMIT");
            }
        }
        return database;
    }

    private static DatabaseAddress pupils() throws SQLException {
        return people(RenameRequest.table("person", "pupil"));
    }

    private static @Nullable String ask(DatabaseAddress database, String sql) throws SQLException {
        return askAs(database, "NONE", sql);
    }

    private static @Nullable String askAs(DatabaseAddress database, String role, String sql) throws SQLException {
        try (Connection session = database.openPlain();
                Statement statement = session.createStatement()) {
            statement.execute("SET ROLE " + role);
            try (ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getString(1) : "no row";
            }
        }
    }

    @Test
    void rows_are_written_and_read_by_the_old_name_of_the_table() throws Exception {
        DatabaseAddress database = pupils();

        assertThat(ask(database, "INSERT INTO person (mail) VALUES ('c') RETURNING id || ' ' || rank || ' ' || loud"))
                .isEqualTo("3 3 C");
        assertThat(ask(database, "INSERT INTO person VALUES (DEFAULT, 'd', DEFAULT) RETURNING id || ' ' || rank"))
                .isEqualTo("4 3");
        assertThat(ask(database, "UPDATE person SET rank = 5 WHERE mail = 'a' RETURNING loud"))
                .isEqualTo("A");
        assertThat(ask(
                        database,
                        "INSERT INTO person AS p (mail) VALUES ('a') ON CONFLICT (mail) DO UPDATE SET rank = p.rank + 1"
                                + " RETURNING rank"))
                .isEqualTo("6");
        assertThat(ask(database, "INSERT INTO person (mail) VALUES ('a') ON CONFLICT DO NOTHING RETURNING rank"))
                .isEqualTo("no row");
        assertThat(ask(database, "DELETE FROM person WHERE mail = 'b' RETURNING id"))
                .isEqualTo("2");
        assertThat(ask(database, "SELECT id FROM person WHERE mail = 'd' FOR UPDATE"))
                .isEqualTo("4");
        TestPostgres.execute(database, "BEGIN; LOCK TABLE person IN SHARE MODE; COMMIT");
        assertThat(ask(database, "SELECT string_agg(mail, ',' ORDER BY id) FROM pupil"))
                .isEqualTo("a,c,d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE person CASCADE",
                "COPY person TO '/dev/null'",
                "COPY person FROM '/dev/null'",
                "INSERT INTO person (mail) VALUES ('a') ON CONFLICT ON CONSTRAINT person_mail_key DO NOTHING",
                "CREATE TABLE t (person bigint REFERENCES person)",
                "CREATE INDEX ON person (born)",
                "ALTER TABLE person ADD CHECK (rank > 0)",
                "SELECT mail, rank FROM person GROUP BY id",
                "SELECT ctid FROM person",
                "SELECT pg_get_serial_sequence('person', 'id')::text || 'x', 1 / (pg_get_serial_sequence('person', 'id') IS"
                        + " NOT NULL)::int",
                "SELECT nextval('person_id_seq')",
                "MERGE INTO person p USING (VALUES (1)) v (i) ON v.i = p.id WHEN MATCHED THEN DELETE",
                "CREATE TRIGGER t BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
            })
    void what_the_remarks_say_cannot_be_done_fails(String sql) throws Exception {
        DatabaseAddress database = people();
        // It is the rename that makes it fail.
        TestPostgres.execute(database, "BEGIN; " + sql + "; ROLLBACK");
        try (Connection session = database.open()) {
            TestPostgres.execute(
                    database,
                    "BEGIN; "
                            + Renamer.write(session, RenameRequest.table("person", "pupil"))
                                    .forward() + "; COMMIT");
        }

        assertThatThrownBy(() -> TestPostgres.execute(database, sql)).hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void the_column_that_points_at_the_table_can_be_used_by_both_names() throws Exception {
        DatabaseAddress database = pupils();

        assertThat(ask(database, "INSERT INTO visit (person_id) VALUES (2) RETURNING pupil_id"))
                .isEqualTo("2");
        assertThat(ask(database, "INSERT INTO visit (pupil_id) VALUES (2) RETURNING person_id"))
                .isEqualTo("2");
        assertThat(ask(database, "UPDATE visit SET person_id = 1 WHERE id = 2 RETURNING pupil_id"))
                .isEqualTo("1");
        assertThat(ask(database, "UPDATE visit SET pupil_id = NULL WHERE id = 3 RETURNING person_id"))
                .isNull();
        assertThat(ask(
                        database,
                        "INSERT INTO visit (person_id, day) VALUES (1, '2024-01-01') ON CONFLICT (person_id, day)"
                                + " DO UPDATE SET day = '2024-01-02' RETURNING day"))
                .isEqualTo("2024-01-02");
        assertThatThrownBy(() -> TestPostgres.execute(database, "INSERT INTO visit (person_id) VALUES (99)"))
                .hasMessageContaining("foreign key");
        assertThatThrownBy(
                        () -> TestPostgres.execute(database, "INSERT INTO visit (person_id, pupil_id) VALUES (1, 2)"))
                .hasMessageContaining("visit_person_id_check");
    }

    @Test
    void a_column_can_be_written_by_both_names_also_where_it_has_a_default() throws Exception {
        DatabaseAddress database = people(RenameRequest.column("person", "rank", "grade"));

        assertThat(ask(database, "INSERT INTO person (mail, rank) VALUES ('c', 7) RETURNING grade"))
                .isEqualTo("7");
        assertThat(ask(database, "INSERT INTO person (mail, grade) VALUES ('d', 8) RETURNING rank"))
                .isEqualTo("8");
        assertThat(ask(database, "INSERT INTO person (mail) VALUES ('e') RETURNING rank || ' ' || grade"))
                .isEqualTo("3 3");
        assertThat(ask(database, "UPDATE person SET rank = rank + 1 WHERE mail = 'd' RETURNING grade"))
                .isEqualTo("9");
        assertThat(ask(database, "SELECT rank FROM person WHERE mail = 'a'")).isEqualTo("3");
    }

    @Test
    void a_unique_column_can_be_the_target_of_a_conflict_by_both_names() throws Exception {
        DatabaseAddress database = people(RenameRequest.column("person", "mail", "address"));
        assertThat(
                        ask(
                                database,
                                "INSERT INTO person (mail) VALUES ('a') ON CONFLICT (mail) DO UPDATE SET rank = 9 RETURNING rank"))
                .isEqualTo("9");
        assertThat(ask(
                        database,
                        "INSERT INTO person (address) VALUES ('a') ON CONFLICT (address) DO UPDATE SET rank = 10"
                                + " RETURNING rank"))
                .isEqualTo("10");
    }

    @Test
    void a_generated_column_has_its_new_name_only_and_that_is_told() throws Exception {
        DatabaseAddress database = people();
        try (Connection session = database.open()) {
            RenameScripts scripts = Renamer.write(session, RenameRequest.column("person", "loud", "shouted"));
            TestPostgres.execute(database, "BEGIN; " + scripts.forward() + "; COMMIT");
            assertThat(scripts.remarks().toString()).contains("it is generated");
        }
        assertThat(ask(database, "SELECT shouted FROM person ORDER BY id")).isEqualTo("A");
    }

    @Test
    void rights_and_row_policies_are_those_of_the_table() throws Exception {
        DatabaseAddress database = people();
        String role = "reader_" + database.name();
        String other = "default_reader_" + database.name();
        TestPostgres.execute(
                database,
                "CREATE ROLE " + role,
                "CREATE ROLE " + other,
                "GRANT SELECT (id, mail), INSERT ON person TO " + role,
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO " + other,
                "ALTER TABLE person ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY only_a ON person FOR SELECT TO " + role + " USING (mail = 'a')");
        try (Connection session = database.open()) {
            String forward = Renamer.write(session, RenameRequest.table("person", "pupil"))
                    .forward();
            TestPostgres.execute(database, "BEGIN; " + forward + "; COMMIT");
        }

        assertThat(askAs(database, role, "SELECT string_agg(mail, ',') FROM person"))
                .isEqualTo("a");
        assertThatThrownBy(() -> TestPostgres.execute(database, "SET ROLE " + role, "SELECT rank FROM person"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> TestPostgres.execute(database, "SET ROLE " + role, "DELETE FROM person"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> TestPostgres.execute(database, "SET ROLE " + other, "SELECT mail FROM person"))
                .hasMessageContaining("permission denied for view person");
    }

    @Test
    void a_partitioned_table_goes_on_under_both_names() throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(
                database,
                "CREATE TABLE event (id int, kind_id int, day date) PARTITION BY RANGE (day)",
                "CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                "CREATE INDEX ON event (kind_id)");
        for (RenameRequest request : new RenameRequest[] {
            RenameRequest.column("event", "kind_id", "sort_id"), RenameRequest.table("event", "happening")
        }) {
            try (Connection session = database.open()) {
                TestPostgres.execute(
                        database, "BEGIN; " + Renamer.write(session, request).forward() + "; COMMIT");
            }
        }

        assertThat(ask(database, "INSERT INTO event (id, kind_id, day) VALUES (1, 2, '2024-05-05') RETURNING sort_id"))
                .isEqualTo("2");
        assertThat(ask(database, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("0");
    }
}
