package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rights of deploy/sql/roles.sql are enough, and each is needed: without it a job says what is missing. */
class LeastPrivilegeIT {

    private static final List<String> DATABASES =
            List.of("enough", "unread", "unowned", "undivided", "uncreated", "unsignalled");

    private static PrivateServer server;
    private static BelayProcess service;

    @BeforeAll
    static void start() throws Exception {
        server = PrivateServer.start();
        execute(
                "CREATE ROLE shop_owner LOGIN PASSWORD 'owner'",
                "CREATE ROLE auditor",
                "CREATE ROLE visitor LOGIN PASSWORD 'visitor'");
        Workplace place = Workplace.of(as("enough_keeper", "keeper"), Shop.quickProject());
        for (String name : DATABASES) {
            make(name);
            configure(place, as(name + "_keeper", "keeper"), name);
        }
        giveRights("enough_keeper", "auditor");
        giveRights("unsignalled_keeper", "auditor");
        execute(
                "REVOKE pg_read_all_data FROM unread_keeper_backup",
                "REVOKE shop_owner FROM unowned_keeper_migration",
                "ALTER ROLE uncreated_keeper NOCREATEDB",
                "REVOKE pg_signal_backend FROM unsignalled_keeper_migration");
        service = BelayProcess.start(place);
    }

    private static void make(String name) throws IOException {
        giveRights(name + "_keeper", "shop_owner");
        giveRights(name + "_keeper", "shop_owner");
        execute("ALTER ROLE " + name + "_keeper PASSWORD 'keeper'", "CREATE DATABASE " + name + " OWNER shop_owner");
        Shop.createOn(as("shop_owner", "owner").database(name));
        TestPostgres.execute(
                server.address().database(name),
                "CREATE SCHEMA audit AUTHORIZATION auditor",
                "SET ROLE auditor; CREATE TABLE audit.log AS SELECT 1 AS id; RESET ROLE");
    }

    private static void configure(Workplace place, ServerAddress login, String name) {
        place.with("belay.servers." + name + ".host", login.host())
                .with("belay.servers." + name + ".port", String.valueOf(login.port()))
                .with("belay.servers." + name + ".user", login.user())
                .with(
                        "belay.servers." + name + ".password-file",
                        place.secret(name, login.password()).toString())
                .with("belay.databases." + name + ".server", name)
                .with("belay.databases." + name + ".role", "shop_owner")
                .with("belay.databases." + name + ".project", "shop")
                .with("belay.databases." + name + ".environment", "development");
    }

    /** As an operator runs it. */
    private static void giveRights(String belay, String owner) throws IOException {
        ServerAddress superuser = server.address();
        ProcessBuilder psql = new ProcessBuilder(
                TestPostgres.binaries().tool("psql").toString(),
                "-X",
                "-q",
                "--set=owner=" + owner,
                "--set=belay=" + belay,
                "--file=deploy/sql/roles.sql");
        psql.environment()
                .putAll(Map.of(
                        "PGHOST", superuser.host(),
                        "PGPORT", String.valueOf(superuser.port()),
                        "PGUSER", superuser.user(),
                        "PGPASSWORD", String.valueOf(superuser.password()),
                        "PGDATABASE", "postgres"));
        assertThat(psql.inheritIO().start().onExit().join().exitValue()).isZero();
    }

    private static ServerAddress as(String role, String password) {
        ServerAddress at = server.address();
        return new ServerAddress(at.host(), at.port(), role, password, "disable", null, "postgres");
    }

    private static void execute(String... statements) {
        TestPostgres.execute(server.address().maintenance(), statements);
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
        server.close();
    }

    @Test
    void they_are_no_more_than_the_page_says() {
        assertThat(Invariants.ask(
                        server.address().maintenance(),
                        "SELECT concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication)"
                                + " FROM pg_roles WHERE rolname = 'enough_keeper'"))
                .containsExactly("f t f f f");
        assertThat(Invariants.ask(
                        server.address().maintenance(),
                        "SELECT member::regrole || ' in ' || roleid::regrole FROM pg_auth_members"
                                + " WHERE member::regrole::text LIKE 'enough\\_keeper%' ORDER BY 1"))
                .containsExactlyInAnyOrder(
                        "enough_keeper in enough_keeper_backup",
                        "enough_keeper in enough_keeper_migration",
                        "enough_keeper_backup in pg_read_all_data",
                        "enough_keeper_migration in auditor",
                        "enough_keeper_migration in pg_signal_backend",
                        "enough_keeper_migration in shop_owner");
    }

    @Test
    void with_them_a_database_is_backed_up_migrated_undone_and_restored() throws Exception {
        DatabaseAddress shop = server.address().database("enough");
        Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
        Jobs.succeed(service.api(), "rollbacks", Jobs.on(shop), "ROLLED_BACK");
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
        try (Connection visitor = visit("enough")) {
            Jobs.succeed(service.api(), "rollbacks", Jobs.restore(shop), "ROLLED_BACK", "RESTORED");
            assertThat(visitor.isValid(5)).isFalse();
        }
        assertThat(Invariants.ask(shop, "SELECT tableowner FROM pg_tables WHERE schemaname IN ('public', 'audit')"))
                .containsOnly("shop_owner", "auditor");
    }

    @Test
    void without_the_backup_reader_a_backup_says_what_it_may_not_read() {
        assertThat(failure("unread", "backups", Jobs.on(server.address().database("unread"))))
                .contains("audit.log", "permission denied for schema audit", "grant the right to read it");
    }

    @Test
    void without_the_owner_a_migration_says_whose_member_it_has_to_be() {
        assertThat(failure("unowned", "migrations", Jobs.on(server.address().database("unowned"))))
                .contains("permission denied to set role \"shop_owner\"", "roles.sql");
    }

    @Test
    void without_one_of_the_owners_a_restore_names_the_role_and_leaves_the_database_as_it_was() {
        String restore = restoreOfABackup(server.address().database("undivided"));

        assertThat(failure("undivided", "rollbacks", restore)).contains("\"auditor\"", "roles.sql");
    }

    @Test
    void without_createdb_a_restore_says_so_before_it_begins() {
        DatabaseAddress shop = server.address().database("uncreated");

        assertThat(failure("uncreated", "rollbacks", restoreOfABackup(shop)))
                .contains("CREATEDB", "Nothing was changed");
    }

    @Test
    void without_the_right_to_end_sessions_a_restore_says_so_and_leaves_the_database_as_it_was() throws Exception {
        DatabaseAddress shop = server.address().database("unsignalled");
        String restore = restoreOfABackup(shop);
        try (Connection visitor = visit("unsignalled")) {
            assertThat(failure("unsignalled", "rollbacks", restore)).contains("pg_signal_backend", "roles.sql");
            assertThat(visitor.isValid(5)).isTrue();
        }
    }

    private static String restoreOfABackup(DatabaseAddress shop) {
        JsonNode backup = Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        return "{\"database\": \"" + shop.name() + "\", \"method\": \"RESTORE\", \"backup\": \""
                + backup.path("result").path("backup").asText() + "\"}";
    }

    private static Connection visit(String database) throws SQLException {
        return as("visitor", "visitor").database(database).openPlain();
    }

    private static String failure(String name, String kind, String body) {
        JsonNode job = service.api().await(kind, service.api().order(kind, body));
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("FAILED");
        assertThat(job.path("databaseState").asText()).as(name).isEqualTo("UNCHANGED");
        return job.path("error").path("detail").asText();
    }
}
