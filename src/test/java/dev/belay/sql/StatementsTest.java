package dev.belay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {

    @Test
    void statements_end_at_semicolons_and_know_their_lines() throws SQLException {
        assertThat(Statements.split("CREATE TABLE a (id int);\n\n-- why\nALTER TABLE a\n  ADD b int;\n"))
                .containsExactly(
                        new Statements.Statement("CREATE TABLE a (id int)", 1),
                        new Statements.Statement("ALTER TABLE a\n  ADD b int", 4));
    }

    @Test
    void the_same_statement_twice_has_two_lines() throws SQLException {
        assertThat(Statements.split("SELECT 1;\nSELECT 1;\n\nSELECT 1;"))
                .extracting(Statements.Statement::line)
                .containsExactly(1, 2, 4);
    }

    @Test
    void a_semicolon_in_quotes_or_comments_ends_nothing() throws SQLException {
        String sql = "INSERT INTO a VALUES ('x;y', E'\\';', $$;$$, $t$;$$;$t$) /* ; /* ; */ ; */ -- ;\n, (\"a;b\")";

        assertThat(Statements.split(sql)).containsExactly(new Statements.Statement(sql, 1));
    }

    @Test
    void the_body_of_an_sql_standard_function_is_one_statement() throws SQLException {
        String function = "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC\n"
                + "SELECT CASE WHEN true THEN 1 END; SELECT 2; END";

        assertThat(Statements.split("SELECT 0; -- first\n" + function + ";\nSELECT 3;\n" + function + ";\n\nSELECT 4"))
                .containsExactly(
                        new Statements.Statement("SELECT 0", 1),
                        new Statements.Statement(function, 2),
                        new Statements.Statement("SELECT 3", 4),
                        new Statements.Statement(function, 5),
                        new Statements.Statement("SELECT 4", 8));
    }

    @Test
    void such_a_function_in_a_string_is_none() throws SQLException {
        String sql = "DO $$ BEGIN EXECUTE 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;'; END $$";

        assertThat(Statements.split(sql + "; SELECT 2"))
                .containsExactly(new Statements.Statement(sql, 1), new Statements.Statement("SELECT 2", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";;", "-- nothing\n", "/* nothing */ ;\n-- here"})
    void comments_alone_are_no_statement(String script) throws SQLException {
        assertThat(Statements.split(script)).isEmpty();
    }

    @Test
    void a_question_mark_is_no_parameter() throws SQLException {
        assertThat(Statements.split("SELECT '{}'::jsonb ? 'a'"))
                .extracting(Statements.Statement::sql)
                .containsExactly("SELECT '{}'::jsonb ? 'a'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY ON a (b)",
                "create unique index\n  concurrently i on a (b)",
                "-- comment\n/* another */ DROP INDEX CONCURRENTLY i",
                "REINDEX (VERBOSE) TABLE CONCURRENTLY a",
                "REINDEX INDEX CONCURRENTLY i",
                "VACUUM (ANALYZE) a",
                "ALTER TABLE a\nDETACH PARTITION a1 CONCURRENTLY",
                "ALTER SYSTEM SET work_mem = '1MB'"
            })
    void some_statements_cannot_be_in_a_transaction(String sql) throws SQLException {
        assertThat(Statements.split(sql)).allMatch(Statements.Statement::needsAutocommit);
        assertThat(Statements.allNeedAutocommit(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX concurrently_built ON a (b)",
                "COMMENT ON TABLE a IS 'CREATE INDEX CONCURRENTLY'",
                "REINDEX TABLE a",
                "ALTER TABLE a DETACH PARTITION a1",
                "CREATE INDEX ON a (b) -- CONCURRENTLY would be better",
                "ALTER TABLE a ADD COLUMN vacuum int"
            })
    void all_others_can(String sql) throws SQLException {
        assertThat(Statements.split(sql)).noneMatch(Statements.Statement::needsAutocommit);
    }

    @Test
    void a_script_of_both_kinds_is_not_all_of_one() {
        assertThat(Statements.allNeedAutocommit("CREATE INDEX CONCURRENTLY ON a (b); SELECT 1"))
                .isFalse();
        assertThat(Statements.allNeedAutocommit("-- nothing")).isFalse();
    }

    @Test
    void placeholders_are_filled_in_when_there_are_any() {
        assertThat(Statements.fill("SELECT '${a}', '${b}'", Map.of("a", "1"))).isEqualTo("SELECT '1', '${b}'");
    }
}
