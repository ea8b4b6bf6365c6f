package dev.belay.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is read in part must be what is there as a whole. */
class SchemaWatchIT {

    private static final List<String> STATEMENTS = List.of(
            "CREATE TABLE school (id int PRIMARY KEY, name text)",
            "CREATE TABLE student (id serial PRIMARY KEY, school_id int REFERENCES school, born date DEFAULT now())",
            "CREATE INDEX by_born ON student (born)",
            "ALTER TABLE student ADD note varchar(9) NOT NULL DEFAULT '', ADD CHECK (note <> 'x')",
            "ALTER TABLE student ALTER note SET DEFAULT 'y'",
            "ALTER TABLE student ALTER note DROP DEFAULT",
            "ALTER TABLE school RENAME id TO number",
            "ALTER TABLE student RENAME born TO birthday",
            "INSERT INTO school SELECT i FROM generate_series(1, 100) i",
            "ALTER TABLE student ADD CONSTRAINT later CHECK (id > 0) NOT VALID",
            "ALTER TABLE student VALIDATE CONSTRAINT later",
            "ALTER TABLE student RENAME CONSTRAINT later TO positive",
            "ALTER TABLE student DROP CONSTRAINT positive",
            "ALTER INDEX by_born RENAME TO by_birthday",
            "ALTER SEQUENCE student_id_seq RENAME TO numbers",
            "ALTER TABLE school RENAME TO academy",
            "ALTER TABLE student ALTER note TYPE text USING upper(note)",
            "CREATE TYPE mood AS ENUM ('good')",
            "ALTER TABLE student ADD mood mood",
            "ALTER TYPE mood ADD VALUE 'bad'",
            "ALTER TYPE mood RENAME TO temper",
            "CREATE VIEW names AS SELECT name FROM academy",
            "CREATE OR REPLACE VIEW names AS SELECT name, number FROM academy",
            "CREATE MATERIALIZED VIEW numbers_only AS SELECT number FROM academy",
            "REFRESH MATERIALIZED VIEW numbers_only",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER t BEFORE UPDATE OF birthday ON student EXECUTE FUNCTION f()",
            "ALTER TABLE student RENAME birthday TO day",
            "ALTER FUNCTION f() RENAME TO g",
            "ALTER TRIGGER t ON student RENAME TO u",
            "DROP TRIGGER u ON student",
            "CREATE TABLE part (at date, x int CHECK (x > 0)) PARTITION BY RANGE (at)",
            "CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
            "ALTER TABLE part RENAME x TO z",
            "CREATE INDEX ON part (z)",
            "DO 'BEGIN ALTER TABLE academy ADD a int; BEGIN ALTER TABLE academy ADD b int; RAISE EXCEPTION ''no'';"
                    + " EXCEPTION WHEN raise_exception THEN ALTER TABLE academy ADD c int; END; END'",
            "CREATE SCHEMA other",
            "ALTER TABLE part SET SCHEMA other",
            "ALTER SCHEMA other RENAME TO another",
            "COMMENT ON TABLE academy IS 'one'",
            "ALTER TABLE student DROP COLUMN mood",
            "TRUNCATE academy CASCADE",
            "DROP INDEX by_birthday",
            "ALTER TABLE student ALTER note SET NOT NULL, ADD UNIQUE (note)",
            "DROP TABLE academy CASCADE",
            "DROP TYPE temper");

    @Test
    void after_each_statement_the_schema_is_the_one_that_a_whole_reading_finds() throws SQLException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        try (Connection session = database.openPlain();
                Statement statement = session.createStatement()) {
            session.setAutoCommit(false);
            SchemaWatch watch = new SchemaWatch();
            watch.look(session, false);
            for (String sql : STATEMENTS) {
                statement.execute(sql);
                watch.look(session, false);

                Snapshot whole = SnapshotReader.read(session);
                assertThat(withoutSizes(watch.schema()).relations())
                        .as(sql)
                        .isEqualTo(withoutSizes(whole).relations());
                assertThat(watch.schema().columns()).as(sql).isEqualTo(whole.columns());
                assertThat(watch.schema().constraints()).as(sql).isEqualTo(whole.constraints());
                assertThat(watch.schema().triggers()).as(sql).isEqualTo(whole.triggers());
                assertThat(watch.schema().types()).as(sql).isEqualTo(whole.types());
            }
        }
    }

    /** Sizes are those of when a relation was last written. */
    private static Snapshot withoutSizes(Snapshot snapshot) {
        Map<Long, Snapshot.Relation> relations = snapshot.relations().values().stream()
                .collect(Collectors.toMap(Snapshot.Relation::oid, relation -> relation.withBytes(0)));
        return new Snapshot(
                relations, snapshot.columns(), snapshot.constraints(), snapshot.triggers(), snapshot.types());
    }
}
