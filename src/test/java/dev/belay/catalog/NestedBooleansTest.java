package dev.belay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedBooleansTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CHECK ((((a >= 0) AND (a <= b)) AND (b > 0))) | CHECK (((a >= 0) AND (a <= b) AND (b > 0)))",
                "(((a OR b) OR c) OR d) | (a OR b OR c OR d)",
                "(c AND (a AND (b AND d))) | (c AND a AND b AND d)",
                "f(((a AND b) AND c), (d OR e)) | f((a AND b AND c), (d OR e))",
            })
    void operands_of_one_operator_stand_side_by_side(String nested, String flat) {
        assertThat(NestedBooleans.flattened(nested)).isEqualTo(flat);
        assertThat(NestedBooleans.flattened(flat)).isEqualTo(flat);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "((a OR b) AND c)",
                "(a AND b OR c)",
                "(NOT (a AND b) AND c)",
                "(f(a AND b) AND c)",
                "((a AND b)::text AND c)",
                "(x = '(a AND b) AND c' AND y)",
                "(\\\"(a AND b\\\" AND c)",
                "{\\\"body\\\": `don't (a AND b`}",
                "a AND b) AND (c",
                "nothing (of) that",
            })
    void what_means_something_else_or_is_no_expression_stays(String text) {
        assertThat(NestedBooleans.flattened(text)).isEqualTo(text);
    }

    @Test
    void brackets_deeper_than_any_stack_stay() {
        String deep = "(".repeat(100_000) + "(a AND b) AND c" + ")".repeat(100_000);

        assertThat(NestedBooleans.flattened(deep)).isEqualTo(deep);
    }
}
