package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectChecksReaderTest {

    @TempDir
    Path folder;

    @Test
    void a_project_that_asks_nothing_has_nothing_to_check() throws IOException {
        assertThat(read("").checks()).isEqualTo(ProjectChecks.NONE);
    }

    @Test
    void everything_that_may_be_asked_is_read() throws IOException {
        ProjectChecks checks = read("""
                filters: [{name: active, table: shop.member, where: status = 'x'}]
                checks:
                  - {name: one, sql: SELECT true;}
                  - {name: two, noRows: SELECT 1 WHERE false, from: '2.0', module: app}
                  - {name: three, http: '/health?deep=1', status: 204, from: 2}
                samples:
                  - name: chain
                    sql: |
                      INSERT INTO a VALUES (1);
                      INSERT INTO b VALUES (1);
                timeout: 2m
                """).checks();

        assertThat(checks.filters()).containsExactly(new ProjectChecks.Filter("active", "shop.member", "status = 'x'"));
        assertThat(checks.checks())
                .extracting(ProjectChecks.Check::kind)
                .containsExactly(
                        ProjectChecks.Check.Kind.SQL, ProjectChecks.Check.Kind.NO_ROWS, ProjectChecks.Check.Kind.HTTP);
        assertThat(checks.checks().get(0).ask()).isEqualTo("SELECT true");
        assertThat(checks.checks().get(2).since()).isEqualTo(new ProjectChecks.Since("app", "2"));
        assertThat(checks.timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void what_has_to_be_refused_read_or_applied_is_read() throws IOException {
        ProjectChecks checks = read("""
                checks:
                  - {name: one, refused: INSERT INTO a VALUES (1), sqlState: '23505', constraint: a_pkey, from: 2}
                  - {name: two, readable: Büro, atAcceptance: true}
                  - {name: three, applied: app}
                  - {name: four, login: /admin/login/}
                """).checks();

        assertThat(checks.checks())
                .containsExactly(
                        new ProjectChecks.Check(
                                "one",
                                ProjectChecks.Check.Kind.REFUSED,
                                "INSERT INTO a VALUES (1)",
                                null,
                                new ProjectChecks.Refusal("23505", "a_pkey"),
                                new ProjectChecks.Since("app", "2"),
                                false),
                        new ProjectChecks.Check(
                                "two", ProjectChecks.Check.Kind.READABLE, "Büro", null, null, null, true),
                        new ProjectChecks.Check(
                                "three", ProjectChecks.Check.Kind.APPLIED, "app", null, null, null, true),
                        new ProjectChecks.Check(
                                "four", ProjectChecks.Check.Kind.LOGIN, "/admin/login/", null, null, null, true));
    }

    @Test
    void versions_compare_as_numbers() {
        ProjectChecks.Since since = new ProjectChecks.Since("app", "9");

        assertThat(since.isReached("10")).isTrue();
        assertThat(since.isReached("9.0")).isTrue();
        assertThat(since.isReached("8.9")).isFalse();
        assertThat(since.isReached(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filters: [{name: a, table: t}] | needs a where",
                "filters: [{name: a, where: x}] | needs a table",
                "filters: [{name: a, table: t, where: 'true; DROP TABLE t'}] | one statement",
                "filters: [null] | an entry of filters is empty",
                "filters: [{name: a, table: t, were: x}] | were is not a known field",
                "checks: [{name: a}] | exactly one of sql, noRows, http, refused, readable, login and applied",
                "checks: [{name: a, sql: SELECT 1, http: /}] | exactly one of sql, noRows, http",
                "checks: [{name: a, readable: public, applied: all}] | exactly one of sql, noRows, http",
                "checks: [{name: a, refused: SELECT 1}] | needs a sqlState of five",
                "checks: [{name: a, refused: SELECT 1, sqlState: 2350}] | needs a sqlState of five",
                "checks: [{name: a, refused: COMMIT, sqlState: '23505'}] | begins or ends a transaction",
                "checks: [{name: a, sql: SELECT 1, sqlState: '23505'}] | goes with refused alone",
                "checks: [{name: a, http: /, constraint: b}] | goes with refused alone",
                "checks: [{name: a, readable: ' '}] | needs the name of a schema",
                "checks: [{name: a, applied: shop}] | the module shop, which is not there",
                "checks: [{sql: SELECT 1}] | needs a name",
                "checks: [{name: a, sql: SELECT 1}, {name: a, sql: SELECT 2}] | the check \"a\" twice",
                "checks: [{name: a, sql: SELECT 1; SELECT 2}] | one statement",
                "checks: [{name: a, sql: '-- nothing'}] | no statement",
                "checks: [{name: a, sql: SELECT 1, status: 200}] | goes with http alone",
                "checks: [{name: a, http: /, status: 99}] | from 100 to 599",
                "checks: [{name: a, http: 'http://evil/'}] | begins with one",
                "checks: [{name: a, http: //evil/}] | begins with one",
                "checks: [{name: a, login: 'http://evil/'}] | begins with one",
                "checks: [{name: a, http: '/a b'}] | begins with one",
                "checks: [{name: a, sql: SELECT 1, module: app}] | not from which of its versions",
                "checks: [{name: a, sql: SELECT 1, module: b, from: '1'}] | the module b, which is not there",
                "checks: [{name: a, sql: SELECT 1, from: newest}] | no version such as",
                "samples: [{name: a}] | needs sql",
                "samples: [{name: a, sql: begin}] | begins or ends a transaction",
                "samples: [{name: a, sql: 'SELECT 1; /* so */ rollback'}] | begins or ends a transaction",
                "samples: [{name: a, sql: VACUUM}] | cannot be in one",
                "timeout: soon | such as 500ms",
                "timeout: 2h | an hour at most",
                "timeout: 0s | such as 500ms"
            })
    void what_could_not_be_asked_is_refused_with_what_to_do(String yaml, String fault) {
        assertThatThrownBy(() -> read(yaml)).hasMessageContaining(fault);
    }

    private Project read(String yaml) throws IOException {
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("belay.yaml"), "modules: [{name: app}]\n" + yaml);
        return ProjectReader.read("shop", folder);
    }
}
