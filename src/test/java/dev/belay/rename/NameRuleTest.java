package dev.belay.rename;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameRuleTest {

    private static final Named MEMBER = named("constituents_bmparliamentmember");
    private static final Named STUDENT = named("constituents_student");

    private static Named named(String table, String... columns) {
        return new Named(table, List.of(columns), null, List.of());
    }

    @Test
    void what_postgres_named_is_named_as_it_would_name_it_now() {
        assertThat(NameRule.renamed("constituents_bmparliamentmember_pkey", MEMBER, STUDENT))
                .isEqualTo("constituents_student_pkey");
        assertThat(NameRule.renamed("shop_amount_check1", named("shop", "amount"), named("store", "amount")))
                .isEqualTo("store_amount_check1");
    }

    @Test
    void a_name_that_postgres_had_to_shorten_comes_out_whole_when_it_fits() {
        String old = "a".repeat(40);
        assertThat(NameRule.renamed(
                        "a".repeat(29) + "_" + "b".repeat(29) + "_key",
                        named(old, "b".repeat(40)),
                        named("short", "b".repeat(40))))
                .isEqualTo("short_" + "b".repeat(40) + "_key");
    }

    @Test
    void what_django_named_gets_the_digest_it_would_have_now() {
        assertThat(NameRule.renamed(
                        "constituents_bmparliamentmember_last_name_b35faaac_like",
                        named("constituents_bmparliamentmember", "last_name"),
                        named("constituents_student", "last_name")))
                .isEqualTo("constituents_student_last_name_674736cf_like");
        assertThat(NameRule.renamed(
                        "unified_db_personlin_bm_parliament_member_61f04029_fk_constitue",
                        new Named(
                                "unified_db_personlink",
                                List.of("bm_parliament_member_id"),
                                "constituents_bmparliamentmember",
                                List.of("id")),
                        new Named(
                                "unified_db_personlink", List.of("student_id"), "constituents_student", List.of("id"))))
                .isEqualTo("unified_db_personlin_student_id_651c949b_fk_constitue");
    }

    @Test
    void any_other_name_has_the_old_one_replaced_where_it_is_a_word() {
        assertThat(NameRule.renamed("member_by_age", named("member", "age"), named("student", "age")))
                .isEqualTo("student_by_age");
        assertThat(NameRule.renamed("visits_of_member_id", named("visit", "member_id"), named("visit", "student_id")))
                .isEqualTo("visits_of_student_id");
        assertThat(NameRule.renamed("remember_me", named("member", "age"), named("student", "age")))
                .isEqualTo("remember_me");
        assertThat(NameRule.renamed("members_all", named("member", "age"), named("student", "age")))
                .isEqualTo("members_all");
    }

    @Test
    void a_name_that_became_too_long_is_cut_between_characters() {
        String cut = NameRule.renamed("x_" + "é".repeat(20), named("x"), named("w".repeat(60)));

        assertThat(cut).isEqualTo("w".repeat(60) + "_é");
    }
}
