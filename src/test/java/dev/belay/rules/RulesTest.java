package dev.belay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.sql.Source;
import dev.belay.trace.Change;
import dev.belay.trace.Lock;
import dev.belay.trace.LockMode;
import dev.belay.trace.RelationKind;
import dev.belay.trace.Trace;
import dev.belay.trace.TracedStatement;
import dev.belay.trace.Work;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions on traces made by hand, and the comments that silence them. */
class RulesTest {

    private static final String INDEX = "CREATE INDEX i ON shop.orders (b)";

    @Test
    void ids_and_slugs_are_unique_and_every_rule_says_all_of_it() {
        Set<String> names = new HashSet<>();
        for (Rule rule : Rules.ALL) {
            assertThat(names.add(rule.id()) && names.add(rule.slug()))
                    .as(rule.id())
                    .isTrue();
            assertThat(rule.id()).matches("B\\d\\d");
            assertThat(rule.slug()).matches("[a-z]+(-[a-z]+)*");
            assertThat(List.of(rule.title(), rule.why(), rule.instead(), rule.bad(), rule.good()))
                    .as(rule.id())
                    .noneMatch(String::isBlank);
        }
    }

    @Test
    void an_index_that_is_built_under_a_lock_is_a_finding_with_time_rows_and_bytes() {
        assertThat(findings(INDEX)).singleElement().satisfies(finding -> {
            assertThat(finding.ruleId()).isEqualTo("B01");
            assertThat(finding.observed())
                    .isEqualTo("held SHARE on shop.orders for 3.2 s (1,000,000 rows read, 136 MB)"
                            + " while shop.i was built");
            assertThat(finding.silencedBecause()).isNull();
        });
    }

    @Test
    void a_comment_right_before_the_statement_silences_its_rule() {
        assertThat(findings("-- belay:allow B01 nobody writes at night\n" + INDEX))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isSilenced()).isTrue();
                    assertThat(finding.silencedBecause()).isEqualTo("nobody writes at night");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i -- belay:allow index-not-concurrent because\n ON shop.orders (b)",
                INDEX + "; -- belay:allow b01 because",
                "-- belay:allow B01 because\n\n" + INDEX + "; SELECT 1",
                "SELECT 1;\n--belay:allow  B01   because\n\n-- and\n" + INDEX
            })
    void so_does_one_in_it_behind_it_or_at_the_top_of_the_script(String script) {
        assertThat(findings(script))
                .singleElement()
                .satisfies(finding -> assertThat(finding.silencedBecause()).isEqualTo("because"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- belay:allow B02 because\n" + INDEX,
                "-- belay:allow B01 because\nSELECT 1;\n" + INDEX,
                "SELECT '\n-- belay:allow B01 because\n';\n" + INDEX,
                "SELECT $a$\n-- belay:allow B01 because\n$a$, E'\\'\n-- belay:allow B01 because\n';\n" + INDEX,
                "/* /* */\n-- belay:allow B01 because\n*/\n" + INDEX
            })
    void another_rule_another_statement_or_a_text_that_is_no_comment_silences_nothing(String script) {
        assertThat(findings(script))
                .singleElement()
                .satisfies(finding -> assertThat(finding.isSilenced()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"B01", "B01  ", "no-such-rule because", "", "B99 because"})
    void a_comment_without_a_reason_or_with_an_unknown_rule_is_a_finding_itself(String text) {
        assertThat(findings("SELECT 1;\n-- belay:allow " + text + "\n" + INDEX))
                .extracting(Finding::ruleId, Finding::isSilenced)
                .containsExactlyInAnyOrder(
                        org.assertj.core.api.Assertions.tuple("B99", false),
                        org.assertj.core.api.Assertions.tuple("B01", false));
    }

    @Test
    void a_comment_after_the_last_statement_is_a_finding_too() {
        assertThat(findings(INDEX + ";\n\n-- belay:allow B01 because"))
                .extracting(Finding::ruleId)
                .containsExactly("B99", "B01");
    }

    @Test
    void the_same_file_of_another_module_silences_nothing() {
        Trace trace = new Trace(List.of(statement(INDEX, 2)), List.of());

        assertThat(Rules.findings(
                        trace,
                        List.of(
                                new Source("other", "V2__x.sql", "-- belay:allow B01 because\n" + INDEX),
                                new Source("app", "V2__x.sql", "\n" + INDEX))))
                .noneMatch(Finding::isSilenced);
    }

    @Test
    void sizes_and_times_are_written_for_people() {
        assertThat(List.of(
                        Amounts.bytes(0), Amounts.bytes(10_239), Amounts.bytes(142_606_336), Amounts.bytes(1L << 44)))
                .containsExactly("0 bytes", "10239 bytes", "136 MB", "16 TB");
        assertThat(List.of(Amounts.time(900), Amounts.time(12_345), Amounts.time(3_249_000)))
                .containsExactly("900 µs", "12 ms", "3.2 s");
        assertThat(Amounts.rows(1)).isEqualTo("1 row");
    }

    /** The script, of which the statement that builds an index is the only one with a trace. */
    private static List<Finding> findings(String script) {
        int line = 1
                + (int) script.substring(0, script.indexOf("CREATE INDEX"))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return Rules.findings(
                new Trace(List.of(statement(INDEX, line)), List.of()), List.of(new Source("app", "V2__x.sql", script)));
    }

    private static TracedStatement statement(String sql, int line) {
        return new TracedStatement(
                "app",
                "V2__x.sql",
                line,
                0,
                true,
                sql,
                3_200_000,
                0,
                List.of(new Lock("shop.orders", RelationKind.TABLE, LockMode.SHARE, false)),
                List.of(new Work(
                        "shop.orders", RelationKind.TABLE, false, false, false, 1, 1_000_000, 0, 0, 0, 142_606_336)),
                List.of(new Change(
                        Change.Kind.INDEX_CREATED,
                        "shop.orders",
                        "shop.i",
                        null,
                        INDEX,
                        Set.of(Change.Trait.INDEX),
                        false)));
    }
}
