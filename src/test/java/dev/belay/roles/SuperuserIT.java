package dev.belay.roles;

import static dev.belay.roles.RolesIT.names;
import static dev.belay.roles.RolesIT.roles;
import static dev.belay.roles.RolesIT.sims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The application's superuser, with a password that is a configured secret. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class SuperuserIT {

    private static final String ADMIN = """
            modules: [{name: app}]
            superuser: {username: "o'admin ü", email: admin@school.example, passwordFrom: %s, iterations: 1000}
            """;

    @Test
    void the_same_password_changes_nothing_and_another_is_said() {
        TestDatabase database = sims(TestDatabase.claim(), ADMIN.formatted("first"));

        Run first = roles(database, Map.of());
        String stored = stored(database);
        Run second = roles(database, Map.of());
        String kept = stored(database);
        database.yaml(ADMIN.formatted("second"));
        Run other = roles(database, Map.of());

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(names(first, "created")).containsExactly("superuser o'admin ü");
        assertThat(stored).startsWith("pbkdf2_sha256$1000$");
        assertThat(DjangoPassword.matches(TestDatabasesResource.secret("first"), stored))
                .isTrue();
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(kept).isEqualTo(stored);
        assertThat(other.outcome()).as(other.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(other.toString()).contains("the password was another");
        assertThat(DjangoPassword.matches(TestDatabasesResource.secret("second"), stored(database)))
                .isTrue();
    }

    @Test
    void neither_password_nor_hash_is_told() {
        TestDatabase database = sims(TestDatabase.claim(), ADMIN.formatted("first"));

        Run run = roles(database, Map.of());

        assertThat(run.toString()).doesNotContain(TestDatabasesResource.secret("first"), "pbkdf2");
        String kept = String.join(
                "",
                TestDatabase.askAll(
                        control(),
                        "SELECT row(j.*, e.*)::text FROM job j JOIN job_evidence e ON e.job_id = j.id WHERE j.id = '"
                                + run.id() + "' UNION ALL SELECT v::text FROM job_event v WHERE v.job_id = '"
                                + run.id() + "'"));
        assertThat(kept).contains("passwordFrom").doesNotContain(TestDatabasesResource.secret("first"), "pbkdf2");
    }

    @Test
    void somebody_who_has_the_name_is_not_made_superuser_unasked() {
        TestDatabase database = sims(TestDatabase.claim(), ADMIN.formatted("first"));
        database.execute("INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email,"
                + " is_staff, is_active, date_joined) VALUES ('argon2$x', false, 'o''admin ü', '', '', '', false, true,"
                + " now())");

        Run refused = roles(database, Map.of());
        Run asked = roles(database, Map.of("promoteExisting", true));

        assertThat(refused.outcome()).as(refused.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(refused.detail()).contains("o'admin ü who is no active superuser", "promoteExisting");
        assertThat(asked.outcome()).as(asked.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(asked.toString())
                .contains("was no superuser, was no staff, the e-mail address was another, the password was stored in a"
                        + " way that Belay cannot compare, and is set");
        assertThat(database.ask("SELECT is_superuser AND is_staff AND is_active FROM auth_user"))
                .isEqualTo("t");
    }

    @Test
    void tables_and_columns_may_have_other_names() {
        TestDatabase database = sims(TestDatabase.claim(), """
                modules: [{name: app}]
                auth:
                  schema: 'Käs''e'
                  tables: {auth_user: accounts "user", auth_group: teams}
                  columns: {auth_user: {username: login, email: e-mail}, auth_group: {name: title}}
                roles: [{name: FINANCE, permissions: [finance.view_voucher]}]
                superuser: {username: admin, email: a@b.example, passwordFrom: first, iterations: 1000}
                """);
        database.execute(
                "CREATE SCHEMA \"Käs'e\"",
                "ALTER TABLE auth_user RENAME TO \"accounts \"\"user\"\"\"",
                "ALTER TABLE \"accounts \"\"user\"\"\" RENAME username TO login",
                "ALTER TABLE \"accounts \"\"user\"\"\" RENAME email TO \"e-mail\"",
                "ALTER TABLE \"accounts \"\"user\"\"\" DROP first_name, DROP date_joined",
                "ALTER TABLE auth_group RENAME TO teams",
                "ALTER TABLE teams RENAME name TO title",
                "DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY '{teams,auth_permission,auth_group_permissions,"
                        + "django_content_type}'::text[] || 'accounts \"user\"'::text LOOP EXECUTE format('ALTER TABLE %I SET"
                        + " SCHEMA \"Käs''e\"', t); END LOOP; END $$");

        Run first = roles(database, Map.of());
        Run second = roles(database, Map.of());

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(database.ask("SELECT login || ' ' || \"e-mail\" FROM \"Käs'e\".\"accounts \"\"user\"\"\""))
                .isEqualTo("admin a@b.example");
    }

    @Test
    void a_secret_that_is_not_configured_is_named() {
        Run run = roles(sims(TestDatabase.claim(), ADMIN.formatted("nowhere")), Map.of());

        assertThat(run.problem()).as(run.toString()).isEqualTo("configuration-invalid");
        assertThat(run.detail()).contains("belay.secrets.nowhere.file");
    }

    @Test
    void without_the_right_to_make_roles_it_says_what_to_type() {
        TestDatabase database = sims(TestDatabase.claimLimited(), """
                modules: [{name: app}]
                roles:
                  - name: OFFICE
                    grants: [{tables: [students_student], privileges: [INSERT]}]
                    may: ["INSERT INTO students_student (name) VALUES ('x')"]
                    mayNot: [SELECT FROM finance_voucher]
                """);
        database.execute("DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND"
                + " relnamespace = 'public'::regnamespace LOOP EXECUTE format('ALTER TABLE %s OWNER TO belay_limited',"
                + " t); END LOOP; END $$");
        String role = database.name() + "_office";

        Run refused = roles(database, Map.of());
        database.executeOnServer("CREATE ROLE " + role);
        Run noMember = roles(database, Map.of());
        database.executeOnServer("GRANT " + role + " TO belay_limited");
        Run made = roles(database, Map.of());

        assertThat(refused.outcome()).as(refused.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(refused.detail()).contains("CREATEROLE", "CREATE ROLE \"" + role + "\" NOLOGIN");
        assertThat(noMember.detail()).contains("make it a member of " + role);
        assertThat(made.outcome()).as(made.toString()).isEqualTo("SUCCEEDED MIGRATED");
    }

    private static String stored(TestDatabase database) {
        return database.ask("SELECT password FROM auth_user");
    }

    private static DatabaseAddress control() {
        String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        return TestPostgres.server().database(url.substring(url.lastIndexOf('/') + 1));
    }
}
