package dev.belay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintsTest {

    @Test
    void a_column_that_becomes_not_null_is_found_with_its_names_as_written() {
        assertThat(Constraints.in("alter table only shop.\"Order Lines\" alter column \"Qty\" set not null"))
                .containsExactly(new Constraint.NotNull("shop.\"Order Lines\"", "\"Qty\"", false));
        assertThat(Constraints.in("ALTER TABLE IF EXISTS a ALTER b SET NOT NULL"))
                .containsExactly(new Constraint.NotNull("a", "b", false));
    }

    @Test
    void a_new_column_that_must_have_a_value_but_gets_none_is_found() {
        assertThat(Constraints.in("ALTER TABLE a ADD COLUMN b text NOT NULL, ADD c int PRIMARY KEY"))
                .containsExactly(new Constraint.NotNull("a", "b", true), new Constraint.NotNull("a", "c", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b text NOT NULL DEFAULT ''",
                "b bigserial NOT NULL",
                "b int GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "b int GENERATED ALWAYS AS (c * 2) STORED NOT NULL",
                "b text NULL CHECK (b <> '') UNIQUE REFERENCES other"
            })
    void a_new_column_that_can_be_filled_demands_nothing(String column) {
        assertThat(Constraints.in("ALTER TABLE a ADD COLUMN " + column)).isEmpty();
    }

    @Test
    void a_check_is_found_with_its_text() {
        assertThat(
                        Constraints.in(
                                "ALTER TABLE a\n  ADD CONSTRAINT positive CHECK (b > 0 AND c IN ('x', 'ß')) NOT VALID, ADD CHECK (d)"))
                .containsExactly(
                        new Constraint.Check("a", "positive", "b > 0 AND c IN ('x', 'ß')", true),
                        new Constraint.Check("a", null, "d", false));
    }

    @Test
    void a_unique_constraint_is_found() {
        assertThat(Constraints.in("ALTER TABLE a ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (b, \"C\")"))
                .containsExactly(new Constraint.Unique("a", "u", List.of("b", "\"C\""), null, true));
    }

    @Test
    void a_primary_key_demands_values_too() {
        assertThat(Constraints.in("ALTER TABLE a ADD PRIMARY KEY (b, c) INCLUDE (d)"))
                .containsExactly(
                        new Constraint.NotNull("a", "b", false),
                        new Constraint.NotNull("a", "c", false),
                        new Constraint.Unique("a", null, List.of("b", "c"), null, false));
    }

    @Test
    void a_unique_index_is_found_with_its_expressions_and_predicate() {
        assertThat(Constraints.in("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON shop.a USING btree"
                        + " (lower(email) text_pattern_ops DESC NULLS LAST, (b || c), d COLLATE \"C\")"
                        + " INCLUDE (e) WHERE deleted IS NULL"))
                .containsExactly(new Constraint.Unique(
                        "shop.a",
                        "i",
                        List.of("lower(email)", "(b || c)", "d COLLATE \"C\""),
                        "deleted IS NULL",
                        false));
        assertThat(Constraints.in("CREATE UNIQUE INDEX ON a (b) NULLS NOT DISTINCT"))
                .containsExactly(new Constraint.Unique("a", null, List.of("b"), null, true));
    }

    @Test
    void a_foreign_key_is_found() {
        assertThat(Constraints.in("ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b, c) REFERENCES s.d (e, f)"
                        + " MATCH FULL ON DELETE CASCADE NOT VALID, ADD FOREIGN KEY (x) REFERENCES y"))
                .containsExactly(
                        new Constraint.ForeignKey("a", "f", List.of("b", "c"), "s.d", List.of("e", "f"), true, true),
                        new Constraint.ForeignKey("a", null, List.of("x"), "y", List.of(), false, false));
    }

    @Test
    void an_exclusion_is_named() {
        assertThat(Constraints.in("ALTER TABLE a ADD CONSTRAINT x EXCLUDE USING gist (b WITH &&)"))
                .containsExactly(new Constraint.Exclusion("a", "x"));
    }

    @Test
    void a_validation_is_named() {
        assertThat(Constraints.in("/* now */ ALTER TABLE a VALIDATE CONSTRAINT \"F\";"))
                .containsExactly(new Constraint.Validation("a", "\"F\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX ON a (b)",
                "CREATE TABLE a (b int NOT NULL UNIQUE)",
                "ALTER TABLE a ADD CONSTRAINT u UNIQUE USING INDEX i",
                "ALTER TABLE a ALTER b DROP NOT NULL",
                "ALTER TABLE a DROP CONSTRAINT u",
                "ALTER TABLE a RENAME b TO c",
                "SELECT 1; ALTER TABLE a ALTER b SET NOT NULL",
                "ALTER TABLE a ALTER b SET NOT NULL QUITE SO",
                "'",
                "$x$",
                ""
            })
    void what_demands_nothing_or_cannot_be_read_has_none(String sql) {
        assertThat(Constraints.in(sql)).isEmpty();
    }
}
