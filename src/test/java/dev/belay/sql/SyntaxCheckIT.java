package dev.belay.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL's parser says of scripts that name nothing that exists. */
class SyntaxCheckIT {

    private static DatabaseAddress database;
    private static Connection session;

    @BeforeAll
    static void open() throws SQLException {
        database = TestPostgres.freshDatabase();
        session = database.openPlain();
    }

    @AfterAll
    static void close() throws SQLException {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void a_valid_statement_of_any_kind_passes(String sql) throws SQLException {
        assertThat(check(sql)).isEmpty();
    }

    static List<String> valid() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/dev/belay/sql/valid-statements.txt"));
        return Arrays.stream(text.split("\n--\n")).map(String::strip).toList();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void the_scripts_of_this_repository_pass(Path script) throws SQLException, IOException {
        assertThat(check(Files.readString(script))).isEmpty();
    }

    static List<Path> scripts() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (String folder : List.of("deploy/projects", "src/test/resources", "src/main/resources/db")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".sql")).forEach(scripts::add);
            }
        }
        return scripts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABEL a (id int)",
                "ALTER TABLE a ADD COLUMN",
                "SELECT FROM WHERE",
                "CREATE TABLE a (id int,)",
                "UPDATE a SET b = 1 WHERE",
                "INSERT INTO a VALUES (1",
                "CREATE INDEX CONCURRENTLY i ON a",
                "DROP TABLE IF EXIST a",
                "GRANT SELECT a TO b",
                "ALTER TABLE a ALTER b SET NOT NUL",
                "CREATE TYPE t AS ENUM (a, b)",
                "COMMIT TRANSACTIONS",
                "MERGE INTO a USING b WHEN MATCHED THEN DELETE",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELEC 1; END",
                "SELECT U&'\\00'",
                "CREATE POLICY p ON",
                "GO"
            })
    void a_broken_statement_is_found(String sql) throws SQLException {
        assertThat(check("SELECT 1;\n\n" + sql + ";\nSELECT 2")).singleElement().satisfies(finding -> {
            assertThat(finding.line()).isEqualTo(3);
            assertThat(finding.module()).isEqualTo("app");
            assertThat(finding.file()).isEqualTo("V1__a.sql");
        });
    }

    @Test
    void every_fault_is_told_with_the_line_of_its_place_and_without_literals() throws SQLException {
        String script = """
                CREATE TABLE a (id int);
                -- a comment
                INSERT INTO a
                  VALUES ('secret'
                  BOGUS 'häß𝒳lich' 'x');
                SELECT 1;
                UPDATE a SET
                  id =
                ;
                """;

        assertThat(check(script))
                .extracting(SyntaxCheck.Finding::shown)
                .containsExactly(
                        "V1__a.sql, line 5: syntax error at or near \"BOGUS\". The statement begins:"
                                + " INSERT INTO a VALUES ('…' BOGUS '…' '…')",
                        "V1__a.sql, line 8: syntax error at end of input. The statement begins: UPDATE a SET id =");
    }

    @Test
    void characters_beyond_the_basic_plane_do_not_move_the_line() throws SQLException {
        assertThat(check("SELECT '𝒳𝒳𝒳𝒳𝒳𝒳', $belay0$𝒳$belay0$ AS\n\n !"))
                .extracting(SyntaxCheck.Finding::line)
                .containsExactly(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 'never ends; SELECT 2;|unterminated quoted string",
                "SELECT \"never ends; SELECT 2;|unterminated quoted identifier",
                "DO $$ BEGIN never ends; END; $|unterminated dollar-quoted string",
                "SELECT 1 /* never ends; SELECT 2;|unterminated /* comment"
            })
    void what_is_never_closed_is_found_without_what_follows(String sql, String message) throws SQLException {
        assertThat(check("SELECT 1;\n" + sql)).singleElement().satisfies(finding -> {
            assertThat(finding.line()).isEqualTo(2);
            assertThat(finding.message()).startsWith(message).doesNotContain("never");
        });
    }

    @Test
    void a_comment_that_is_never_closed_after_the_last_statement_is_found() throws SQLException {
        assertThat(check("SELECT 1;\n/* never")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IF a THEN b", "RAISE NOTICE 'x'", "PERFORM f()", "RETURN 1", "loop"})
    void a_statement_of_plpgsql_is_told_as_such(String sql) throws SQLException {
        assertThat(check(sql))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("a statement of PL/pgSQL"));
    }

    @Test
    void a_command_of_psql_is_told_as_such() throws SQLException {
        assertThat(check("SELECT 1;\n\\! rm -rf /;\n\\i other.sql"))
                .extracting(SyntaxCheck.Finding::line, SyntaxCheck.Finding::message)
                .allSatisfy(told -> assertThat(told.toString()).contains("Commands of psql"));
    }

    @Test
    void rows_after_a_copy_are_not_taken_for_statements() throws SQLException {
        assertThat(check("COPY a (b) FROM stdin WITH (FORMAT csv);\n1;2\n\\.\nSELECT 1;"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("not supported in scripts"));
    }

    @Test
    void nothing_runs_and_nothing_is_left() throws SQLException {
        String script = "CREATE TABLE made (id int); SELECT set_config('belay.ran', 'yes', false); COMMIT;"
                + " DROP SCHEMA public CASCADE; BEGIN; CREATE TABLE made (id int); SELECT pg_sleep(60)";

        assertThat(check(script)).isEmpty();
        assertThat(ask("SELECT to_regclass('made') IS NULL AND to_regnamespace('public') IS NOT NULL"
                        + " AND coalesce(current_setting('belay.ran', true), '') = ''"))
                .isEqualTo("t");
    }

    @Test
    void an_operator_on_the_search_path_does_not_make_it_run() throws SQLException {
        TestPostgres.execute(
                database,
                "CREATE SCHEMA evil",
                "CREATE FUNCTION evil.f(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE OPERATOR evil./ (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.f)");
        try (Statement statement = session.createStatement()) {
            statement.execute("SET search_path = evil, pg_catalog");
            session.commit();
            assertThat(check("SELECT set_config('belay.ran', 'yes', false)")).isEmpty();
            assertThat(ask("SELECT coalesce(current_setting('belay.ran', true), '') = ''"))
                    .isEqualTo("t");
            statement.execute("RESET search_path");
            session.commit();
        }
    }

    @Test
    @Tag("alone")
    void a_script_of_ten_thousand_statements_is_read_in_a_moment() throws SQLException {
        String script = "INSERT INTO a VALUES (1, 'a value of some length', now());\n".repeat(10_000);
        long start = System.nanoTime();

        assertThat(check(script)).isEmpty();
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void a_lost_connection_is_no_finding() throws SQLException {
        try (Connection lost = database.openPlain();
                Statement statement = session.createStatement()) {
            int pid = lost.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            statement.execute("SELECT pg_terminate_backend(" + pid + ", 10000)");
            session.commit();

            assertThatThrownBy(() -> SyntaxCheck.check(lost, List.of(new Source("app", "V1__a.sql", "SELECT 1"))))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static List<SyntaxCheck.Finding> check(String sql) throws SQLException {
        return SyntaxCheck.check(session, List.of(new Source("app", "V1__a.sql", sql)));
    }

    private static String ask(String sql) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
