package dev.belay.trace;

import static dev.belay.trace.LockMode.ACCESS_EXCLUSIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.trace.Change.Kind;
import dev.belay.trace.Change.Trait;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A million rows, and what PostgreSQL's manual says of each statement's lock. */
class TracerIT {

    private static final String STUDENT = "public.student";
    private static final String MARK = "public.mark";
    private static DatabaseAddress template;

    @BeforeAll
    static void a_million_rows() {
        template = TestPostgres.freshDatabase();
        TestPostgres.execute(
                template,
                "CREATE TABLE student (id int PRIMARY KEY, name text NOT NULL, born date, house smallint)",
                "INSERT INTO student SELECT i, 'student ' || i, '2000-01-01', i % 7 FROM generate_series(1, 1000000) i",
                "CREATE TABLE mark (id int PRIMARY KEY, student_id int NOT NULL, points int)",
                "INSERT INTO mark SELECT i, i * 10, i FROM generate_series(1, 50000) i",
                "CREATE MATERIALIZED VIEW house AS SELECT house, count(*) FROM student GROUP BY house",
                "ALTER TABLE mark ADD CONSTRAINT few CHECK (points > 0) NOT VALID",
                "CREATE INDEX by_house ON student (house)",
                "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "VACUUM ANALYZE");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # statement                                                       | lock on student        | lock on mark           | written anew | read in full
            CREATE INDEX by_born ON student (born)                            | SHARE                  | -                      | -            | student
            CREATE INDEX CONCURRENTLY by_born ON student (born)               | SHARE_UPDATE_EXCLUSIVE | -                      | -            | -
            ALTER TABLE student ADD note text                                 | ACCESS_EXCLUSIVE       | -                      | -            | -
            ALTER TABLE student ADD token uuid DEFAULT gen_random_uuid()      | ACCESS_EXCLUSIVE       | -                      | student      | student
            ALTER TABLE mark ALTER points TYPE bigint                         | -                      | ACCESS_EXCLUSIVE       | mark         | mark
            ALTER TABLE student ALTER born SET NOT NULL                       | ACCESS_EXCLUSIVE       | -                      | -            | student
            ALTER TABLE student ADD CHECK (house < 7) NOT VALID               | ACCESS_EXCLUSIVE       | -                      | -            | -
            ALTER TABLE mark VALIDATE CONSTRAINT few                          | -                      | SHARE_UPDATE_EXCLUSIVE | -            | mark
            ALTER TABLE mark ADD FOREIGN KEY (student_id) REFERENCES student  | SHARE_ROW_EXCLUSIVE    | SHARE_ROW_EXCLUSIVE    | -            | mark
            ALTER TABLE mark ADD UNIQUE (student_id)                          | -                      | ACCESS_EXCLUSIVE       | -            | mark
            ALTER TABLE student RENAME COLUMN born TO birthday                | ACCESS_EXCLUSIVE       | -                      | -            | -
            CREATE TRIGGER t BEFORE INSERT ON student EXECUTE FUNCTION no()   | SHARE_ROW_EXCLUSIVE    | -                      | -            | -
            COMMENT ON TABLE student IS 'one'                                 | SHARE_UPDATE_EXCLUSIVE | -                      | -            | -
            UPDATE student SET house = house + 1                              | ROW_EXCLUSIVE          | -                      | -            | student
            TRUNCATE mark                                                     | -                      | ACCESS_EXCLUSIVE       | -            | -
            DROP TABLE mark                                                   | -                      | ACCESS_EXCLUSIVE       | -            | -
            DROP INDEX by_house                                               | ACCESS_EXCLUSIVE       | -                      | -            | -
            ANALYZE student                                                   | SHARE_UPDATE_EXCLUSIVE | -                      | -            | -
            CLUSTER student USING student_pkey                                | ACCESS_EXCLUSIVE       | -                      | student      | -
            LOCK TABLE student IN EXCLUSIVE MODE                              | EXCLUSIVE              | -                      | -            | -
            ALTER TABLE student SET (fillfactor = 90)                         | SHARE_UPDATE_EXCLUSIVE | -                      | -            | -
            """)
    void the_trace_agrees_with_the_manual(
            String sql,
            @Nullable LockMode student,
            @Nullable LockMode mark,
            @Nullable String rewritten,
            @Nullable String scanned)
            throws SQLException {
        TracedStatement traced = trace(sql).statements().get(0);

        assertThat(strongest(traced)).as("locks").isEqualTo(expected(student, mark));
        assertThat(tables(traced, Work::rewritten)).as("written anew").isEqualTo(named(rewritten));
        assertThat(tables(traced, work -> work.rowsRead() > 1000))
                .as("read in full")
                .containsAll(named(scanned));
        if (scanned == null && rewritten == null && traced.inTransaction()) {
            assertThat(traced.work().stream().mapToLong(Work::rowsRead).sum()).isLessThan(1000);
        }
    }

    @Test
    void a_lock_is_told_once_a_transaction_and_a_new_table_is_nobodys_trouble() throws SQLException {
        Trace trace = trace(
                "CREATE TABLE club (id int)",
                "ALTER TABLE club ADD x int",
                "ALTER TABLE mark ADD a int",
                "ALTER TABLE mark ADD b int");

        assertThat(trace.statements().get(0).locks()).isNotEmpty().allMatch(Lock::isNew);
        assertThat(trace.statements().get(1).locks()).allMatch(Lock::isNew);
        assertThat(trace.statements().get(2).locks())
                .containsExactly(new Lock(MARK, RelationKind.TABLE, ACCESS_EXCLUSIVE, false));
        assertThat(trace.statements().get(3).locks()).isEmpty();
        assertThat(Blocking.of(trace)).singleElement().satisfies(blocking -> {
            assertThat(blocking.relation()).isEqualTo(MARK);
            assertThat(blocking.readersMillis()).isPositive();
        });
    }

    @Test
    void readers_and_writers_wait_from_the_lock_to_the_end_of_its_transaction() throws SQLException {
        Trace trace = trace("ALTER TABLE mark ADD a int", "SELECT pg_sleep(0.2)");

        assertThat(Blocking.of(trace).get(0).readersMillis()).isBetween(200L, 900L);
        assertThat(Blocking.of(trace).get(0).since()).isEqualTo("V1__t.sql, line 1");
    }

    @Test
    void rows_and_write_ahead_log_are_counted() throws SQLException {
        Trace trace = trace(
                "DELETE FROM mark WHERE id <= 100",
                "UPDATE mark SET points = 1 WHERE id <= 300",
                "INSERT INTO mark SELECT i, 1, 1 FROM generate_series(60001, 60050) i",
                "SELECT 1",
                "TRUNCATE mark");

        List<TracedStatement> statements = trace.statements();
        assertThat(statements.get(0).work().get(0).deleted()).isEqualTo(100);
        assertThat(statements.get(1).work().get(0).updated()).isEqualTo(200);
        assertThat(statements.get(2).work().get(0).inserted()).isEqualTo(50);
        assertThat(statements.get(2).work().get(0).touched()).isEqualTo(50);
        assertThat(statements.get(1).walBytes()).isGreaterThan(10_000);
        assertThat(statements.get(4).work())
                .filteredOn(Work::truncated)
                .extracting(Work::relation)
                .containsExactly(MARK);
        assertThat(statements.get(3).work()).isEmpty();
        assertThat(statements.get(3).walBytes()).isLessThan(1_000);
    }

    @Test
    void a_rename_is_a_rename_and_each_change_is_told() throws SQLException {
        Trace trace = trace(
                "ALTER TABLE mark RENAME TO grade",
                "ALTER TABLE grade RENAME points TO score",
                "ALTER TABLE grade ADD note varchar(9) NOT NULL DEFAULT '', DROP score",
                "ALTER TABLE grade ADD FOREIGN KEY (student_id) REFERENCES student NOT VALID",
                "CREATE UNIQUE INDEX one ON grade (student_id)",
                "ALTER TABLE grade ADD CONSTRAINT single UNIQUE USING INDEX one",
                "CREATE TYPE mood AS ENUM ('good')",
                "DROP TABLE student CASCADE");

        assertThat(changes(trace))
                .containsSubsequence(
                        "RELATION_RENAMED public.mark null public.mark>public.grade",
                        "COLUMN_RENAMED public.grade points points>score",
                        "COLUMN_DROPPED public.grade score integer>null",
                        "COLUMN_ADDED public.grade note null>character varying(9)");
        assertThat(trace.statements().get(3).changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.CONSTRAINT_ADDED);
            assertThat(change.traits()).containsExactlyInAnyOrder(Trait.FOREIGN_KEY, Trait.NOT_VALID);
        });
        assertThat(trace.statements().get(4).changes().get(0).traits()).contains(Trait.UNIQUE);
        assertThat(trace.statements().get(5).changes())
                .anySatisfy(change -> assertThat(change.traits()).contains(Trait.FROM_INDEX, Trait.UNIQUE));
        assertThat(trace.statements().get(6).changes().get(0).kind()).isEqualTo(Kind.TYPE_CREATED);
        assertThat(changes(trace))
                .contains("RELATION_DROPPED public.student null public.student>null")
                .contains("RELATION_DROPPED public.house null public.house>null");
    }

    @Test
    void a_foreign_key_without_an_index_is_found_and_one_with_an_index_is_not() throws SQLException {
        Trace without = trace("ALTER TABLE mark ADD CONSTRAINT whose FOREIGN KEY (student_id) REFERENCES student");
        Trace with = trace(
                "ALTER TABLE mark ADD CONSTRAINT whose FOREIGN KEY (student_id) REFERENCES student",
                "CREATE INDEX ON mark (student_id, id)");

        assertThat(without.unindexedKeys())
                .containsExactly(new Trace.UnindexedKey("whose", MARK, List.of("student_id"), true));
        assertThat(with.unindexedKeys()).isEmpty();
    }

    private static Trace trace(String... script) throws SQLException {
        DatabaseAddress copy = TestPostgres.freshDatabase("traced_" + System.nanoTime(), template);
        boolean concurrently = script[0].contains("CONCURRENTLY");
        try (Connection session = copy.openPlain();
                Tracer tracer = new Tracer(copy);
                Statement statement = session.createStatement()) {
            session.setAutoCommit(concurrently);
            for (int i = 0; i < script.length; i++) {
                tracer.before(session);
                statement.execute(script[i]);
                tracer.after(session, new Tracer.Place("app", "V1__t.sql", i + 1, script[i]));
            }
            Trace trace = tracer.trace(session);
            if (!concurrently) {
                session.rollback();
            }
            return trace;
        } finally {
            TestPostgres.execute(copy.server().maintenance(), "DROP DATABASE " + copy.name() + " WITH (FORCE)");
        }
    }

    private static Map<String, LockMode> strongest(TracedStatement statement) {
        return statement.locks().stream()
                .filter(lock -> lock.kind() != RelationKind.INDEX && !lock.isNew())
                .collect(Collectors.toMap(
                        Lock::relation, Lock::mode, (one, other) -> one.compareTo(other) > 0 ? one : other));
    }

    private static Set<String> tables(TracedStatement statement, Predicate<Work> which) {
        return statement.work().stream()
                .filter(work -> work.kind() != RelationKind.INDEX)
                .filter(which)
                .map(Work::relation)
                .collect(Collectors.toSet());
    }

    private static List<String> changes(Trace trace) {
        List<String> shown = new ArrayList<>();
        trace.statements()
                .forEach(statement -> statement
                        .changes()
                        .forEach(change -> shown.add(change.kind() + " " + change.relation() + " " + change.name() + " "
                                + change.before() + ">" + change.after())));
        return shown;
    }

    private static Map<String, LockMode> expected(@Nullable LockMode student, @Nullable LockMode mark) {
        Map<String, LockMode> locks = new TreeMap<>();
        if (student != null) {
            locks.put(STUDENT, student);
        }
        if (mark != null) {
            locks.put(MARK, mark);
        }
        return locks;
    }

    private static Set<String> named(@Nullable String table) {
        return table == null ? Set.of() : Set.of("public." + table);
    }
}
