package dev.belay.django;

import static dev.belay.TestDatabasesResource.secret;
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
import org.junit.jupiter.api.Test;

/** A real Django project whose migrations Belay applies and takes back, as docs/django.md tells operators to do it. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class DjangoIT {

    /** What Django's migrate does beyond the SQL that sqlmigrate prints. */
    private static final String FORWARD = """
            UPDATE django_content_type SET model = 'student' WHERE app_label = 'members' AND model = 'member';
            UPDATE auth_permission p
               SET codename = regexp_replace(codename, '_member$', '_student'), name = regexp_replace(name, ' member$', ' student')
              FROM django_content_type t
             WHERE t.id = p.content_type_id AND t.app_label = 'members' AND t.model = 'student' AND codename LIKE '%\\_member';
            INSERT INTO django_migrations (app, name, applied) VALUES ('members', '0002_student', now());
            """;

    private static final String BACK = """
            DELETE FROM django_migrations WHERE app = 'members' AND name = '0002_student';
            UPDATE auth_permission p
               SET codename = regexp_replace(codename, '_student$', '_member'), name = regexp_replace(name, ' student$', ' member')
              FROM django_content_type t
             WHERE t.id = p.content_type_id AND t.app_label = 'members' AND t.model = 'student' AND codename LIKE '%\\_student';
            UPDATE django_content_type SET model = 'member' WHERE app_label = 'members' AND model = 'student';
            """;

    @Test
    void a_renamed_model_goes_there_and_back_by_undo_and_django_reads_it_all_the_way() {
        TestDatabase database = portal();
        Django before = Django.old(database.address());
        Django after = Django.renamed(database.address());
        String members = before.run("look.py", "Member");

        Run migration = Run.migrate(database);

        assertThat(migration.outcome()).as(migration.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(migration.result("reversible")).isEqualTo("true");
        assertThat(after.run("look.py", "Student")).isEqualTo(members);
        requireNothingLeftFor(after, database);
        after.run("write.py", "Student", "Zaynab");
        String written = after.run("look.py", "Student");

        Run undo = Run.undo(database, Map.of());

        assertThat(undo.outcome()).as(undo.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(before.run("look.py", "Member")).isEqualTo(written).isNotEqualTo(members);
        requireNothingLeftFor(before, database);
        assertThat(after.exitOf("migrate", "--check")).isEqualTo(1);
        before.run("write.py", "Member", "Yusuf");
    }

    @Test
    void a_renamed_model_goes_back_by_restore_with_what_was_written_since() {
        TestDatabase database = portal();
        Django before = Django.old(database.address());
        Django after = Django.renamed(database.address());
        Run migration = Run.migrate(database);
        assertThat(migration.outcome()).as(migration.toString()).isEqualTo("SUCCEEDED MIGRATED");
        after.run("write.py", "Student", "Zaynab");
        String written = after.run("look.py", "Student");

        Run restore = Run.restore(database, Map.of());

        assertThat(restore.outcome()).as(restore.toString()).isEqualTo("SUCCEEDED RESTORED");
        assertThat(before.run("look.py", "Member")).isEqualTo(written);
        requireNothingLeftFor(before, database);
        before.run("write.py", "Member", "Yusuf");
    }

    /** The trap that docs/django.md warns of: Django looks the names of constraints up in the database. */
    @Test
    void the_way_back_printed_before_the_way_forward_names_constraints_that_will_be_gone() {
        DatabaseAddress migrated = workbench();
        DatabaseAddress unmigrated = TestPostgres.freshDatabase();
        Django.old(unmigrated).manage("migrate", "-v0");

        String right = Django.renamed(migrated).manage("sqlmigrate", "--backwards", "members", "0002");
        String wrong = Django.renamed(unmigrated).manage("sqlmigrate", "--backwards", "members", "0002");

        String gone = "DROP CONSTRAINT \"services_application_member_id_b36a3907_fk_members_member_id\"";
        assertThat(wrong).contains(gone);
        assertThat(right)
                .doesNotContain(gone)
                .contains("DROP CONSTRAINT \"services_application_member_id_b36a3907_fk_");
    }

    @Test
    void the_superuser_logs_in_and_the_groups_count_for_django() {
        TestDatabase database = TestDatabase.claim();
        Django portal = Django.old(database.address());
        portal.manage("migrate", "-v0");
        database.yaml("""
                modules: [{name: app}]
                roles:
                  - name: OFFICE_ASSISTANT
                    permissions: [members.add_member, members.archive_member, services.*]
                    grants: [{tables: [members_member], privileges: [SELECT, INSERT]}]
                    may: ["INSERT INTO members_member (last_name, status) VALUES ('x', 'new')"]
                    mayNot: [DELETE FROM members_member]
                superuser: {username: admin, email: admin@school.example, passwordFrom: first}
                """);

        Run first = Run.start("roles", database, Map.of()).await();
        String said = portal.runReading(secret("first"), "login.py", "admin");
        Run second = Run.start("roles", database, Map.of()).await();

        assertThat(first.outcome()).as(first.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(said).isEqualTo("""
                check_password True False
                must_update False
                authenticate admin None
                superuser True True admin@school.example True
                assistant members.add_member members.archive_member services.add_application services.change_application \
                services.delete_application services.view_application
                """);
        assertThat(second.outcome()).as(second.toString()).isEqualTo("SUCCEEDED UNCHANGED");
    }

    /** A database as the old code made it, with data, and a project of one module with the scripts of the rename. */
    private static TestDatabase portal() {
        TestDatabase database = TestDatabase.claim();
        Django before = Django.old(database.address());
        before.manage("migrate", "-v0");
        before.run("sow.py");
        String forward = Django.renamed(database.address()).manage("sqlmigrate", "members", "0002");
        String back = Django.renamed(workbench()).manage("sqlmigrate", "--backwards", "members", "0002");
        return database.yaml("modules: [{name: app, baseline: '1'}]")
                .script("V2__student.sql", withoutTransaction(forward) + FORWARD)
                .script("U2__student.sql", withoutTransaction(back) + BACK);
    }

    /** An empty database with every migration applied, for Django to look names up in. */
    private static DatabaseAddress workbench() {
        DatabaseAddress workbench = TestPostgres.freshDatabase();
        Django.renamed(workbench).manage("migrate", "-v0");
        return workbench;
    }

    private static String withoutTransaction(String printed) {
        return printed.replaceAll("(?m)^(BEGIN|COMMIT);$", "");
    }

    /** Django itself agrees: nothing is unapplied, nothing to be made, and its migrate leaves everything as it is. */
    private static void requireNothingLeftFor(Django code, TestDatabase database) {
        assertThat(code.exitOf("migrate", "--check")).isZero();
        assertThat(code.exitOf("makemigrations", "--check", "--dry-run")).isZero();
        String counted = "SELECT count(*) || ' ' || (SELECT count(*) FROM django_content_type) FROM auth_permission";
        String before = database.ask(counted);
        assertThat(code.manage("migrate")).contains("No migrations to apply");
        assertThat(database.ask(counted)).isEqualTo(before);
    }
}
