package dev.belay.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.catalog.CatalogObject;
import dev.belay.catalog.CatalogReader;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not among the tables of a database comes over a restore too, or it is said. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class CarriedIT {

    @Test
    void what_belongs_to_the_database_and_to_no_table_comes_over() throws Exception {
        TestDatabase database = TestDatabase.claim()
                .execute(
                        "CREATE SCHEMA tools",
                        "CREATE EXTENSION hstore SCHEMA tools VERSION '1.6'",
                        "CREATE EXTENSION pg_trgm VERSION '1.5'",
                        "CREATE SCHEMA shop",
                        "CREATE TABLE shop.a (id int PRIMARY KEY, b int, tags tools.hstore)",
                        "CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert')",
                        "CREATE PUBLICATION some_rows FOR TABLE shop.a (id, b) WHERE (id > 3)",
                        "CREATE PUBLICATION whole FOR TABLES IN SCHEMA shop",
                        "ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT SELECT ON TABLES TO pg_monitor",
                        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC");
        inTablespace(database);
        database.executeOnServer("ALTER DATABASE " + database.name() + " IS_TEMPLATE true");
        String backup = Run.backUp(database).result("backup");
        List<CatalogObject> before = catalog(database);

        Run run = Run.restore(database, Map.of("backup", backup));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED RESTORED");
        assertThat(catalog(database)).isEqualTo(before);
        assertThat(before).extracting(CatalogObject::type).contains("extension", "publication", "default privileges");
        assertThat(database.ask("SELECT spcname || ' ' || datistemplate FROM pg_database d"
                        + " JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE datname = current_database()"))
                .isEqualTo("belay_elsewhere true");
        assertThat(database.ask("SELECT string_agg(extversion, ' ' ORDER BY extname) FROM pg_extension"))
                .isEqualTo("1.6 1.5 1.0");
        database.executeOnServer("ALTER DATABASE " + database.name() + " IS_TEMPLATE false");
    }

    @Test
    void a_subscription_is_carried_disabled_and_said() {
        TestDatabase database = TestDatabase.claim()
                .execute(
                        "CREATE TABLE a (id int PRIMARY KEY)",
                        "CREATE SUBSCRIPTION \"from 'there'\" CONNECTION 'host=127.0.0.1 port=1 password=secret'"
                                + " PUBLICATION p, \"q q\" WITH (connect = false, slot_name = 'the_slot', streaming = on,"
                                + " disable_on_error = true)",
                        "COMMENT ON SUBSCRIPTION \"from 'there'\" IS 'ours'",
                        "CREATE SUBSCRIPTION asleep CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p"
                                + " WITH (connect = false, slot_name = NONE)",
                        "ALTER SUBSCRIPTION \"from 'there'\" ENABLE");
        String backup = Run.backUp(database).result("backup");
        String before = subscriptions(database, "current_database()");
        try {
            Run run = Run.restore(database, Map.of("backup", backup));

            assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED RESTORED");
            assertThat(before).contains("secret", "\"subenabled\": true", "the_slot");
            assertThat(subscriptions(database, "current_database()"))
                    .isEqualTo(before.replace("\"subenabled\": true", "\"subenabled\": false"));
            assertThat(subscriptions(database, "'" + run.result("keptAs") + "'"))
                    .doesNotContain("\"subenabled\": true");
            assertThat(database.ask("SELECT obj_description(oid, 'pg_subscription') FROM pg_subscription s"
                            + " WHERE subname LIKE 'from%' AND subdbid = (SELECT oid FROM pg_database"
                            + " WHERE datname = current_database())"))
                    .isEqualTo("ours");
            assertThat(run.results("subscriptions"))
                    .hasSize(2)
                    .anySatisfy(told ->
                            assertThat(told).contains("\"from 'there'\" ENABLE", "REFRESH PUBLICATION", "the_slot"))
                    .noneSatisfy(told -> assertThat(told).contains("secret"));
        } finally {
            dropSubscriptions(database);
        }
    }

    @Test
    void a_subscription_that_belay_may_not_read_is_refused() {
        TestDatabase database = TestDatabase.claimLimited().script("V1__a.sql", "CREATE TABLE a (id int PRIMARY KEY)");
        String backup = Run.migrate(database).result("backup");
        TestPostgres.execute(
                TestPostgres.server().database(database.address().name()),
                "CREATE SUBSCRIPTION unread CONNECTION 'host=127.0.0.1 port=1' PUBLICATION p WITH (connect = false)");
        try {
            Run run = Run.restore(database, Map.of("backup", backup));

            assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
            assertThat(run.detail()).contains("the subscription unread", "superuser");
        } finally {
            dropSubscriptions(database);
        }
    }

    @Test
    void an_extension_in_a_version_that_the_scratch_server_cannot_have_is_named() {
        TestDatabase database = TestDatabase.claim()
                .execute(
                        "CREATE TABLE a (id int PRIMARY KEY)",
                        "CREATE EXTENSION citext",
                        "UPDATE pg_extension SET extversion = '0.7' WHERE extname = 'citext'");

        Run run = Run.backUp(database);

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.detail()).contains("extension citext in version 0.7", "ALTER EXTENSION");
    }

    @Test
    void what_no_dump_carries_is_carried_too() {
        TestDatabase database = TestDatabase.claim().execute("CREATE TABLE a (id int PRIMARY KEY)");
        String backup = Run.backUp(database).result("backup");
        String name = database.address().name();
        database.executeOnServer(
                "DROP ROLE IF EXISTS restore_owner, restore_reader",
                "CREATE ROLE restore_owner",
                "CREATE ROLE restore_reader",
                "ALTER DATABASE " + name + " OWNER TO restore_owner",
                "REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC",
                "GRANT CONNECT, TEMPORARY ON DATABASE " + name + " TO restore_reader WITH GRANT OPTION",
                "ALTER DATABASE " + name + " CONNECTION LIMIT 33",
                "COMMENT ON DATABASE " + name + " IS 'the one that''s ours'",
                "ALTER DATABASE " + name + " SET search_path = 'public', \"odd Schema\"",
                "ALTER DATABASE " + name + " SET work_mem = '5MB'",
                "ALTER ROLE restore_reader IN DATABASE " + name + " SET statement_timeout = '7s'");
        List<String> before = database.attributes();

        Run run = Run.restore(database, Map.of("backup", backup));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("SUCCEEDED RESTORED");
        assertThat(database.attributes()).isEqualTo(before).hasSize(5);
    }

    private static void inTablespace(TestDatabase database) {
        // One that lies in the server's own directory needs no other that the server may write to.
        database.executeOnServer(
                "SET allow_in_place_tablespaces = on",
                "CREATE TABLESPACE belay_elsewhere LOCATION ''",
                "ALTER DATABASE " + database.name() + " SET TABLESPACE belay_elsewhere");
    }

    private static List<CatalogObject> catalog(TestDatabase database) throws SQLException {
        try (Connection session = database.address().open()) {
            return CatalogReader.read(session).objects();
        }
    }

    private static String subscriptions(TestDatabase database, String of) {
        return database.ask("SELECT jsonb_agg(to_jsonb(s) - '{oid,subdbid,subskiplsn}'::text[] ORDER BY subname)"
                + " FROM pg_subscription s WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = " + of + ")");
    }

    /** As a superuser, and without asking a publisher that is not there. */
    private static void dropSubscriptions(TestDatabase database) {
        List<String> databases = TestDatabase.askAll(
                TestPostgres.server().maintenance(),
                "SELECT datname FROM pg_database WHERE datname ~ '^"
                        + database.address().name() + "(_|$)'");
        for (String name : databases) {
            TestPostgres.execute(
                    TestPostgres.server().maintenance(), "ALTER DATABASE \"" + name + "\" ALLOW_CONNECTIONS true");
            TestPostgres.execute(
                    TestPostgres.server().database(name),
                    "DO $$ DECLARE s record; BEGIN FOR s IN SELECT subname FROM pg_subscription"
                            + " WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) LOOP"
                            + " EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', s.subname);"
                            + " EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', s.subname);"
                            + " EXECUTE format('DROP SUBSCRIPTION %I', s.subname); END LOOP; END $$");
        }
    }
}
