package dev.belay.reversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script did to a schema is taken back by statements that nobody wrote. */
class ReverserIT {

    private static final String SETUP = resource("setup.sql");

    @ParameterizedTest
    @MethodSource("reversible")
    void the_schema_and_the_rows_come_back(String script) throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(database, SETUP);
        Fingerprint before = fingerprint(database);

        Reversal reversal = reverse(database, script);

        assertThat(reversal.obstacles()).as(reversal.script("V2")).isEmpty();
        TestPostgres.execute(database, "BEGIN; " + reversal.script("V2") + "; COMMIT");
        assertThat(before.differences(fingerprint(database)))
                .as(reversal.script("V2"))
                .isEmpty();
    }

    /** Each with the comment above it. */
    static Stream<String> reversible() {
        return Pattern.compile("\n\n").splitAsStream(resource("reversible.sql"));
    }

    @Test
    void of_a_real_migration_the_schema_comes_back_and_the_rows_that_it_rewrote_do_not() throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        Path scripts = Path.of("deploy/projects/madaris");
        TestPostgres.execute(
                database,
                Files.readString(scripts.resolve("migrations/V1__legacy_schema.sql")),
                Files.readString(scripts.resolve("seed.sql")));
        Fingerprint before = fingerprint(database);
        String script = Files.readString(scripts.resolve("migrations/V2__rename_member_to_student.sql"));

        Reversal reversal = reverse(database, "BEGIN; " + script + "; COMMIT");

        assertThat(reversal.obstacles()).as(reversal.script("V2")).isEmpty();
        TestPostgres.execute(database, "BEGIN; " + reversal.script("V2") + "; COMMIT");
        assertThat(before.differences(fingerprint(database)))
                .as(reversal.script("V2"))
                .extracting(difference -> difference.type() + " " + difference.object())
                .containsExactlyInAnyOrder(
                        "rows public.auth_permission",
                        "rows public.django_content_type",
                        "rows public.django_migrations");
    }

    @Test
    void a_value_written_since_that_the_old_type_would_round_makes_the_way_back_fail() throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(database, SETUP);
        Reversal reversal = reverse(
                database, "DROP VIEW shop.loud, shop.names; ALTER TABLE shop.customer ALTER points TYPE numeric");
        assertThat(reversal.obstacles()).as(reversal.script("V2")).isEmpty();
        TestPostgres.execute(database, "UPDATE shop.customer SET points = 1.5 WHERE id = 1");

        assertThatThrownBy(() -> TestPostgres.execute(database, "BEGIN; " + reversal.script("V2") + "; COMMIT"))
                .hasMessageContaining("A value in shop.customer.points does not fit integer");
    }

    @ParameterizedTest
    @MethodSource("irreversible")
    void what_cannot_be_taken_back_is_said_with_its_reason(String script, String reason) throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(database, SETUP);

        Reversal reversal = reverse(database, script);

        assertThat(String.join("; ", reversal.obstacles())).contains(reason);
    }

    static Stream<Arguments> irreversible() {
        return Stream.of(
                Arguments.of(
                        "ALTER TYPE shop.state ADD VALUE 'sent'",
                        "cannot take the value 'sent' out of the enum shop.state"),
                Arguments.of("ALTER TABLE shop.customer DROP COLUMN code", "shop.customer.code are gone (20 values)"),
                Arguments.of("ALTER TABLE shop.customer DROP COLUMN mail", "shop.customer.mail are gone (20 values)"),
                Arguments.of("DROP TABLE shop.purchase CASCADE", "shop.purchase are gone (20 rows)"),
                Arguments.of("DROP SEQUENCE shop.numbers", "where it stood is not known"),
                Arguments.of("ALTER TABLE shop.purchase ALTER twice DROP EXPRESSION", "the expression back"),
                Arguments.of(
                        "ALTER TABLE shop.empty DROP COLUMN id CASCADE",
                        "columns of table shop.empty are in another order"));
    }

    static Reversal reverse(DatabaseAddress database, String script) throws SQLException {
        try (Connection session = database.open()) {
            Structure before = Structure.remember(session, Set.of());
            TestPostgres.execute(database, script);
            return Reverser.reverse(before, session, Set.of());
        }
    }

    private static Fingerprint fingerprint(DatabaseAddress database) {
        Fingerprint found = Fingerprinter.take(database, null, 1, Monitor.none());
        return new Fingerprint(
                found.serverMajor(), found.catalog(), found.tables(), new TreeMap<>(), found.largeObjects());
    }

    private static String resource(String name) {
        try (InputStream file = Objects.requireNonNull(ReverserIT.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
