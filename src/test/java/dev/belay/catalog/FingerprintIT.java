package dev.belay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FingerprintIT {

    @Test
    void a_dumped_and_restored_copy_of_one_of_everything_is_equal() {
        DatabaseAddress source = Copies.everything();
        Fingerprint before = take(source);

        Fingerprint copy = take(Copies.ofDump(source));

        assertThat(before.tables()).hasSizeGreaterThan(15);
        assertThat(before.rows()).isGreaterThan(600);
        assertThat(before.largeObjects().rows()).isEqualTo(3);
        assertThat(before.differences(copy)).isEmpty();
        assertThat(before.catalog().digest()).isEqualTo(copy.catalog().digest());
    }

    @Test
    void an_empty_database_has_an_equal_copy() {
        DatabaseAddress source = TestPostgres.freshDatabase();

        assertThat(take(source).differences(take(Copies.ofDump(source)))).isEmpty();
    }

    @Test
    void it_goes_into_json_and_back() throws Exception {
        Fingerprint fingerprint = take(Copies.everything());
        ObjectMapper json = new ObjectMapper();

        Fingerprint read = json.readValue(json.writeValueAsString(fingerprint), Fingerprint.class);

        assertThat(read).isEqualTo(fingerprint);
        assertThat(json.writeValueAsString(fingerprint)).doesNotContain("marked-secret");
    }

    @Test
    void what_a_dump_leaves_out_is_left_out_of_what_is_expected_of_a_copy() {
        DatabaseAddress source = Copies.everything();
        TestPostgres.execute(
                source, "INSERT INTO shop.orders (customer, placed, amount) VALUES (100, '2024-05-01', 5)");
        TestPostgres.execute(
                source,
                "CREATE TABLE twice AS SELECT 1 AS a FROM generate_series(1, 2)",
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'shop.customers_name_trgm'::regclass");
        Fingerprint before = take(source);

        Fingerprint copy = take(Copies.ofDump(source));

        assertThat(before.differences(copy))
                .extracting(Difference::message)
                .anyMatch(message -> message.startsWith("rows shop.per_month differs"))
                .contains("invalid index shop.customers_name_trgm is missing")
                .hasSize(2);
        assertThat(before.asDumped().differences(copy.asDumped())).isEmpty();
    }

    @Test
    void it_stays_the_same_on_one_snapshot_while_rows_are_written() throws Exception {
        DatabaseAddress database = Copies.everything();
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> write(database, done));
        try (ReadSession holder = ReadSession.open(database, null)) {
            String snapshot = holder.exportSnapshot();
            SortedMap<String, SequenceRange> before = Fingerprinter.sequences(database);
            writer.start();
            try {
                Fingerprint first = Fingerprinter.take(database, snapshot, 3, Monitor.none());
                DatabaseAddress restored = Copies.ofDump(database, "--snapshot=" + snapshot);
                Fingerprint second = Fingerprinter.take(database, snapshot, 1, Monitor.none());
                Fingerprint expected = first.withSequencesBetween(before, Fingerprinter.sequences(database));

                assertThat(second.tables()).isEqualTo(first.tables());
                assertThat(take(database).tables()).isNotEqualTo(first.tables());
                assertThat(expected.asDumped().differences(take(restored).asDumped()))
                        .isEmpty();
            } finally {
                done.set(true);
                writer.join();
            }
        }
    }

    @Test
    void a_table_that_cannot_be_read_is_an_error_and_not_skipped() {
        DatabaseAddress database = Copies.everything();
        TestPostgres.execute(
                database, "DROP ROLE IF EXISTS nobody_special", "CREATE ROLE nobody_special LOGIN PASSWORD 'x'");
        ServerAddress server = database.server();
        DatabaseAddress poor = new ServerAddress(
                        server.host(), server.port(), "nobody_special", "x", "disable", null, "postgres")
                .database(database.name());

        assertThatThrownBy(() -> Fingerprinter.take(poor, null, 2, Monitor.none()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void a_stopped_fingerprint_breaks_off_its_queries() {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(
                database, "CREATE TABLE big AS SELECT g, repeat('x', 300) AS t FROM generate_series(1, 400000) g");
        StopOnRegistration monitor = new StopOnRegistration();

        assertThatThrownBy(() -> Fingerprinter.take(database, null, 2, monitor)).isSameAs(monitor.stopped);
    }

    @Test
    void a_stopped_fingerprint_waits_for_no_lock() throws SQLException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(
                database, "CREATE TABLE public.busy (id int); CREATE VIEW public.seen AS SELECT id FROM public.busy");
        for (String held : List.of("public.busy", "public.seen")) {
            try (Connection other = database.open();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE " + held + " IN ACCESS EXCLUSIVE MODE");
                StopOnRegistration monitor = new StopOnRegistration();

                assertThatThrownBy(() -> Fingerprinter.take(database, null, 2, monitor))
                        .isSameAs(monitor.stopped);
                other.rollback();
            }
        }
    }

    private static Fingerprint take(DatabaseAddress database) {
        return Fingerprinter.take(database, null, 2, Monitor.none());
    }

    private static void write(DatabaseAddress database, AtomicBoolean done) {
        try (Connection connection = database.open();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO shop.orders (customer, placed, amount) VALUES (105, '2024-06-01', 5)")) {
            do {
                insert.execute();
            } while (!done.get());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
