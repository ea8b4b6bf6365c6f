package dev.belay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.sql.Source;
import dev.belay.sql.Statements;
import dev.belay.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of every rule, run on a real database and traced. */
class RulesIT {

    private static DatabaseAddress template;

    @BeforeAll
    static void a_shop() throws IOException {
        template = TestPostgres.freshDatabase();
        TestPostgres.execute(template, Files.readString(Path.of("src/test/resources/dev/belay/rules/shop.sql")));
        TestPostgres.execute(template, "VACUUM ANALYZE");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_bad_example_is_caught_by_its_rule(String id) throws SQLException {
        Rule rule = Rules.find(id).orElseThrow();

        assertThat(findings(rule.bad()))
                .filteredOn(finding -> !finding.isSilenced())
                .extracting(Finding::ruleId)
                .contains(id);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_good_example_is_caught_by_no_rule(String id) throws SQLException {
        Rule rule = Rules.find(id).orElseThrow();

        assertThat(findings(rule.good()))
                .filteredOn(finding -> !finding.isSilenced())
                .isEmpty();
    }

    static List<String> rules() {
        // An example of two modules is tried where there are modules: UndeclaredModuleIT.
        return Rules.ALL.stream()
                .map(Rule::id)
                .filter(id -> !id.equals(ModuleRules.UNDECLARED.id()))
                .toList();
    }

    @Test
    void what_is_new_in_the_transaction_is_nobodys_trouble() throws SQLException {
        assertThat(findings("""
                        CREATE TABLE shop.fresh (id int, name text);
                        INSERT INTO shop.fresh SELECT i, 'x' FROM generate_series(1, 1000) i;
                        CREATE INDEX ON shop.fresh (name);
                        ALTER TABLE shop.fresh ADD PRIMARY KEY (id), ADD CHECK (id > 0), ALTER name SET NOT NULL;
                        ALTER TABLE shop.fresh ALTER id TYPE bigint, ADD COLUMN token uuid DEFAULT gen_random_uuid();
                        UPDATE shop.fresh SET name = 'y';
                        ALTER TABLE shop.fresh RENAME name TO title;
                        DROP INDEX shop.fresh_name_idx;
                        DROP TABLE shop.fresh;
                        """)).isEmpty();
    }

    @Test
    void a_change_of_type_that_makes_indexes_and_constraints_again_is_one_hazard() throws SQLException {
        assertThat(findings("ALTER TABLE shop.orders ALTER COLUMN customer TYPE int"))
                .extracting(Finding::ruleId)
                .containsExactly("B13");
    }

    @Test
    void what_a_block_hides_from_the_parser_the_trace_tells() throws SQLException {
        assertThat(findings("""
                        DO $$ BEGIN
                            EXECUTE 'CREATE INDEX i ON shop.orders (placed_at)';
                            ALTER TABLE shop.orders DROP COLUMN quantity;
                        END $$;
                        """)).extracting(Finding::ruleId).contains("B01", "B20");
    }

    @Test
    void a_finding_says_what_was_observed() throws SQLException {
        assertThat(findings("-- one\n\nALTER TABLE shop.orders\n  ALTER COLUMN quantity TYPE bigint"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).isEqualTo(3);
                    assertThat(finding.statement())
                            .isEqualTo("ALTER TABLE shop.orders ALTER COLUMN quantity TYPE bigint");
                    assertThat(finding.observed())
                            .matches("held ACCESS EXCLUSIVE on shop\\.orders for [\\d.]+ (µs|ms|s)"
                                    + " \\([\\d,]+ rows read, \\d+ kB\\) while quantity was changed from integer to bigint"
                                    + " and the table was written anew");
                });
    }

    /** Each migration as Belay runs it: in one transaction, unless it has a statement that cannot be in one. */
    private static List<Finding> findings(String example) throws SQLException {
        DatabaseAddress copy = TestPostgres.freshDatabase("advised_" + System.nanoTime(), template);
        try {
            List<Finding> findings = new ArrayList<>();
            int version = 2;
            for (String script : example.split(Rule.NEXT_MIGRATION, -1)) {
                findings.addAll(migrate(copy, new Source("app", "V" + version++ + "__example.sql", script)));
            }
            return findings;
        } finally {
            TestPostgres.execute(copy.server().maintenance(), "DROP DATABASE " + copy.name() + " WITH (FORCE)");
        }
    }

    private static List<Finding> migrate(DatabaseAddress copy, Source script) throws SQLException {
        List<Statements.Statement> statements = Statements.split(script.sql());
        try (Connection session = copy.openPlain();
                Tracer tracer = new Tracer(copy);
                Statement statement = session.createStatement()) {
            session.setAutoCommit(statements.stream().anyMatch(Statements.Statement::needsAutocommit));
            for (Statements.Statement next : statements) {
                tracer.before(session);
                statement.execute(next.sql());
                tracer.after(session, new Tracer.Place("app", script.file(), next.line(), next.sql()));
            }
            List<Finding> findings = Rules.findings(tracer.trace(session), List.of(script));
            if (!session.getAutoCommit()) {
                session.commit();
            }
            return findings;
        }
    }
}
