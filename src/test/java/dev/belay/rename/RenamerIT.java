package dev.belay.rename;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogObject;
import dev.belay.catalog.CatalogReader;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Renames of tables and columns are written, run forward and back, and used under both names. */
class RenamerIT {

    private static final Path MADARIS = Path.of("deploy/projects/madaris");
    private static final RenameRequest MEMBER = RenameRequest.table(
                    "constituents_bmparliamentmember", "constituents_student")
            .withColumns(
                    new RenameRequest.Column(null, "unified_db_personlink", "bm_parliament_member_id", "student_id"),
                    new RenameRequest.Column(null, "referrals_referral", "member_id", "student_id"),
                    new RenameRequest.Column(null, "services_serviceapplication", "member_id", "student_id"),
                    new RenameRequest.Column(null, "documents_memberdocument", "member_id", "student_id"));

    private static final String OLD = "Ménü \"a' $$ " + "x".repeat(40);
    private static final String TO = "Speisen \\karte\" ;--";
    private static final RenameRequest HOSTILE = new RenameRequest(
            "Ödd sch",
            OLD,
            null,
            TO,
            null,
            null,
            List.of(new RenameRequest.Column("Ödd sch", "Order", "My fk", "it's $$ \"fk\"")),
            null,
            null);

    private static DatabaseAddress portal() throws IOException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(database, Files.readString(MADARIS.resolve("migrations/V1__legacy_schema.sql")));
        return database;
    }

    private static RenameScripts write(DatabaseAddress database, RenameRequest request) throws SQLException {
        try (Connection session = database.open()) {
            return Renamer.write(session, request);
        }
    }

    private static void run(DatabaseAddress database, String script) {
        TestPostgres.execute(database, "BEGIN; " + script + "; COMMIT");
    }

    private static List<String> ask(DatabaseAddress database, String sql) throws SQLException {
        try (Connection session = database.openPlain();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new java.util.ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static Fingerprint fingerprint(DatabaseAddress database) {
        return Fingerprinter.take(database, null, 1, Monitor.none());
    }

    private static Catalog catalog(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return CatalogReader.read(session);
        }
    }

    private static Set<String> identities(Catalog catalog) {
        return catalog.objects().stream()
                .filter(object -> object.type().matches("table|column|index|constraint|sequence|trigger|.*key.*"))
                .map(CatalogObject::identity)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_core_table_gets_every_name_that_was_given_by_hand() throws Exception {
        DatabaseAddress written = portal();
        DatabaseAddress byHand = portal();

        run(written, write(written, MEMBER).forward());
        run(byHand, Files.readString(MADARIS.resolve("migrations/V2__rename_member_to_student.sql")));

        Set<String> missing = identities(catalog(byHand));
        missing.removeAll(identities(catalog(written)));
        // By hand there are new columns too, an index was given another name freely, and triggers are named otherwise.
        missing.removeIf(name -> name.contains("student_number")
                || name.contains("enrollment_status")
                || name.contains("pending_queue")
                || name.contains("sync_")
                || name.contains("student_active")
                || name.contains("set_number"));
        assertThat(missing).isEmpty();
        assertThat(ask(
                        written,
                        "SELECT codename || ' ' || name FROM auth_permission WHERE codename LIKE '%student'"
                                + " ORDER BY id"))
                .isEqualTo(ask(
                        byHand,
                        "SELECT codename || ' ' || name FROM auth_permission WHERE codename LIKE"
                                + " '%student' ORDER BY id"))
                .hasSize(4);
        assertThat(ask(written, "SELECT app || ' ' || name FROM django_migrations ORDER BY id"))
                .isEqualTo(ask(byHand, "SELECT app || ' ' || name FROM django_migrations ORDER BY id"));
        assertThat(ask(written, "SELECT app_label || ' ' || model FROM django_content_type ORDER BY id"))
                .isEqualTo(ask(byHand, "SELECT app_label || ' ' || model FROM django_content_type ORDER BY id"));
    }

    @Test
    void the_way_back_of_a_core_table_leads_to_the_same_schema_and_rows() throws Exception {
        DatabaseAddress database = portal();
        TestPostgres.execute(
                database,
                "INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff,"
                        + " is_active, date_joined) VALUES ('', false, 'a', 'a', 'a', 'a@example.org', false, true, now())",
                "INSERT INTO constituents_bmparliamentmember SELECT (jsonb_populate_record(NULL::"
                        + "constituents_bmparliamentmember, (SELECT jsonb_object_agg(attname, CASE format_type(atttypid, NULL)"
                        + " WHEN 'boolean' THEN 'true' WHEN 'date' THEN '2024-01-01' WHEN 'timestamp with time zone' THEN"
                        + " '2024-01-01' WHEN 'bigint' THEN CASE attname WHEN 'id' THEN '7' END WHEN 'integer' THEN '1'"
                        + " ELSE 'x' END) FROM pg_attribute WHERE attnum > 0 AND attrelid ="
                        + " 'constituents_bmparliamentmember'::regclass))).*",
                "INSERT INTO referrals_referral (reference_number, referred_to, reason, status, referred_on, created_at,"
                        + " updated_at, member_id) VALUES ('1', '', '', '', '2024-01-01', now(), now(), 7)");
        Fingerprint before = fingerprint(database);
        RenameScripts scripts = write(database, MEMBER);

        run(database, scripts.forward());
        Catalog reached = catalog(database);
        run(database, scripts.back());
        assertThat(before.differences(fingerprint(database)))
                .extracting(difference -> difference.message())
                // A row was added to it and deleted again.
                .allMatch(message -> message.contains("django_migrations_id_seq"));
        run(database, scripts.forward());
        assertThat(reached.differences(catalog(database))).isEmpty();
    }

    @Test
    void the_contract_takes_the_old_names_away_and_its_way_back_brings_them_again() throws Exception {
        DatabaseAddress database = portal();
        run(database, write(database, MEMBER).forward());
        Catalog kept = catalog(database);
        RenameScripts contract = write(database, MEMBER.asContract());

        run(database, contract.forward());
        DatabaseAddress without = portal();
        run(without, write(without, MEMBER.withoutOldNames()).forward());
        assertThat(catalog(without).differences(catalog(database))).isEmpty();
        run(database, contract.back());
        assertThat(kept.differences(catalog(database))).isEmpty();
    }

    @Test
    void what_only_names_the_table_in_its_text_or_keeps_its_name_is_told() throws Exception {
        RenameScripts scripts =
                write(portal(), RenameRequest.table("constituents_bmparliamentmember", "constituents_student"));

        assertThat(scripts.remarks().toString())
                .contains("chapters_active_members(bigint)")
                .contains("constituents_bmparliamentmember_active")
                .contains("bmpm_pending_queue_idx")
                .contains("referrals_referral\".member_id")
                .contains("0007_rename_bmparliamentmember_student")
                .contains("TRUNCATE");
    }

    @Test
    void hostile_names_are_renamed_and_kept() throws Exception {
        DatabaseAddress database = hostile();
        Catalog before = catalog(database);
        RenameScripts scripts = write(database, HOSTILE);

        run(database, scripts.forward());
        TestPostgres.execute(
                database,
                "INSERT INTO \"Ödd sch\"." + quote(OLD) + " (\"a b\", \"c\"\"d\") VALUES ('x', 1)",
                "INSERT INTO \"Ödd sch\".\"Order\" (id, \"My fk\") VALUES (1, 1)");
        assertThat(ask(database, "SELECT \"it's $$ \"\"fk\"\"\" FROM \"Ödd sch\".\"Order\""))
                .containsExactly("1");
        assertThat(ask(database, "SELECT \"a b\" FROM \"Ödd sch\"." + quote(TO)))
                .containsExactly("x");
        Catalog reached = catalog(database);
        RenameScripts contract = write(database, HOSTILE.asContract());
        run(database, contract.forward());
        run(database, contract.back());
        assertThat(reached.differences(catalog(database))).isEmpty();
        run(database, scripts.back());
        assertThat(before.differences(catalog(database))).isEmpty();
    }

    @Test
    void what_cannot_be_done_is_refused_with_the_reason() throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(
                database,
                "CREATE TABLE a (id int PRIMARY KEY, other int)",
                "CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a, c_id int)",
                "CREATE VIEW v AS SELECT 1 AS one");

        assertThatThrownBy(() -> write(database, RenameRequest.table("v", "w")))
                .hasMessageContaining("no table public.v");
        assertThatThrownBy(() -> write(database, RenameRequest.table("a", "b"))).hasMessageContaining("already");
        assertThatThrownBy(() -> write(database, RenameRequest.table("a", "x".repeat(64))))
                .hasMessageContaining("63 bytes");
        assertThatThrownBy(() -> write(database, RenameRequest.table("a", "c"))).hasMessageContaining("c_id");
        assertThatThrownBy(() -> write(database, RenameRequest.column("a", "none", "x")))
                .hasMessageContaining("no column \"none\"");
        assertThatThrownBy(() -> write(database, RenameRequest.column("a", "id", "other")))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> write(database, RenameRequest.table("a", "d").asContract()))
                .hasMessageContaining("Nothing keeps the old name");
    }

    private static DatabaseAddress hostile() {
        DatabaseAddress database = TestPostgres.freshDatabase();
        TestPostgres.execute(
                database,
                "CREATE SCHEMA \"Ödd sch\"",
                "CREATE TABLE \"Ödd sch\"." + quote(OLD)
                        + " (\"Id\" serial PRIMARY KEY, \"a b\" text UNIQUE, \"c\"\"d\" int CHECK (\"c\"\"d\" > 0))",
                "CREATE TABLE \"Ödd sch\".\"Order\" (id int PRIMARY KEY, \"My fk\" int REFERENCES \"Ödd sch\"."
                        + quote(OLD) + ", note text)",
                "CREATE INDEX \"on ON on\" ON \"Ödd sch\".\"Order\" (\"My fk\") WHERE note = 'a ON ONLY b'");
        return database;
    }

    private static String quote(String name) {
        return dev.belay.postgres.Identifiers.quote(name);
    }
}
