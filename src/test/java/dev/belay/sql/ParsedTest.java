package dev.belay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.sql.Parsed.Kind;
import dev.belay.sql.Parsed.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON shop.a (b)|CREATE_INDEX|shop.a|CONCURRENTLY IF_NOT_EXISTS",
                "DROP INDEX IF EXISTS i, j CASCADE|DROP_INDEX|i j|IF_EXISTS CASCADE",
                "REINDEX TABLE CONCURRENTLY a|REINDEX|a|CONCURRENTLY",
                "ALTER TABLE ONLY \"A b\" ADD c int REFERENCES d ON DELETE CASCADE|ALTER_TABLE|\"A b\"|",
                "ALTER TABLE a DROP b CASCADE|ALTER_TABLE|a|CASCADE",
                "ALTER TABLE p DETACH PARTITION p1|DETACH_PARTITION|p p1|",
                "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY|DETACH_PARTITION|p p1|CONCURRENTLY",
                "ALTER TABLE p ATTACH PARTITION s.p1 DEFAULT|ATTACH_PARTITION|p s.p1|",
                "ALTER SCHEMA shop RENAME TO store|RENAME_SCHEMA|shop|",
                "ALTER TYPE colour RENAME VALUE 'a' TO 'b'|RENAME_ENUM_VALUE|colour|",
                "CREATE DOMAIN d AS int CHECK (VALUE > 0)|CREATE_DOMAIN|d|DOMAIN_CONSTRAINT",
                "CREATE DOMAIN d AS int DEFAULT 1|CREATE_DOMAIN|d|",
                "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID|ALTER_DOMAIN|d|DOMAIN_CONSTRAINT NOT_VALID",
                "ALTER DOMAIN d SET NOT NULL|ALTER_DOMAIN|d|DOMAIN_CONSTRAINT",
                "ALTER DOMAIN d DROP NOT NULL|ALTER_DOMAIN|d|",
                "DROP TABLE a, b|DROP|a b|",
                "DROP SCHEMA IF EXISTS shop CASCADE|DROP_SCHEMA|shop|IF_EXISTS CASCADE",
                "DROP DATABASE shop|DROP_DATABASE|shop|",
                "TRUNCATE a, ONLY b RESTART IDENTITY CASCADE|TRUNCATE|a ONLY_b|CASCADE",
                "UPDATE shop.a AS x SET b = 1|UPDATE|shop.a|",
                "UPDATE a SET b = (SELECT 1 FROM c WHERE true)|UPDATE|a|",
                "WITH w AS (SELECT 1) UPDATE a SET b = 1 WHERE c|UPDATE|a|WHERE",
                "DELETE FROM a|DELETE|a|",
                "DELETE FROM a USING b WHERE a.c = b.c|DELETE|a|WHERE",
                "INSERT INTO a SELECT 1|INSERT|a|",
                "LOCK TABLE a, b IN SHARE MODE|LOCK|a b|",
                "VACUUM (FULL) a|VACUUM|a|",
                "CLUSTER a USING i|CLUSTER|a|",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY m|REFRESH_MATERIALIZED_VIEW|m|CONCURRENTLY",
                "SET Lock_Timeout = '5s'|SET|lock_timeout|",
                "SET LOCAL work_mem TO '1GB'|SET|work_mem|LOCAL",
                "SET ROLE app|SET|role|",
                "SET SESSION AUTHORIZATION app|SET|session_authorization|",
                "SET TIME ZONE 'UTC'|SET|timezone|",
                "RESET Lock_Timeout|SET|lock_timeout|",
                "RESET ROLE|SET|role|",
                "RESET ALL|SET|all|",
                "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES c ON UPDATE CASCADE|ALTER_TABLE|a|",
                "COMMIT|TRANSACTION_CONTROL||",
                "BEGIN ISOLATION LEVEL SERIALIZABLE|TRANSACTION_CONTROL||",
                "ROLLBACK TO SAVEPOINT s|OTHER||",
                "SAVEPOINT s|OTHER||",
                "CREATE TABLE a (b int)|OTHER||",
                "SELECT 'UPDATE a SET b = 1'|SELECT||",
                "FROBNICATE a|UNKNOWN||"
            })
    void a_statement_is_told_by_its_text(String sql, Kind kind, String targets, String traits) {
        Parsed parsed = Parsed.of(sql);

        assertThat(parsed.kind()).isEqualTo(kind);
        assertThat(String.join(" ", parsed.targets()).replace("ONLY b", "ONLY_b"))
                .isEqualTo(targets == null ? "" : targets);
        assertThat(parsed.traits())
                .isEqualTo(
                        traits == null
                                ? Set.of()
                                : Set.copyOf(Arrays.stream(traits.split(" "))
                                        .map(Trait::valueOf)
                                        .toList()));
    }

    @Test
    void statements_of_any_kind_are_read_or_unknown_but_never_an_error() throws IOException {
        List<Kind> kinds = Arrays.stream(
                        Files.readString(Path.of("src/test/resources/dev/belay/sql/valid-statements.txt"))
                                .split("\n--\n"))
                .map(sql -> Parsed.of(sql).kind())
                .toList();

        assertThat(kinds.stream().filter(Kind.UNKNOWN::equals)).hasSizeLessThan(kinds.size() / 10);
    }

    @Test
    void a_statement_that_carries_data_is_not_read() {
        assertThat(Parsed.of("INSERT INTO a VALUES ('" + "x".repeat(200_000) + "')")
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
    }
}
