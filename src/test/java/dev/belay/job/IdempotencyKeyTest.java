package dev.belay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.belay.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void a_key_is_the_same_quoted_or_bare() {
        assertThat(IdempotencyKey.of(order("a"), "\"key\"")).isEqualTo(IdempotencyKey.of(order("a"), " key "));
    }

    @Test
    void another_body_is_told_by_its_hash() {
        assertThat(IdempotencyKey.of(order("a"), "key").body())
                .isNotEqualTo(IdempotencyKey.of(order("b"), "key").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\"\"", "\" \""})
    void an_empty_key_is_refused(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(order("a"), header)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_key_has_at_most_255_characters() {
        assertThat(IdempotencyKey.of(order("a"), "k".repeat(255)).key()).hasSize(255);
        assertThatThrownBy(() -> IdempotencyKey.of(order("a"), "k".repeat(256))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\u0000b", "a\u0085b", "\"a\u007fb\""})
    void a_key_has_no_control_characters(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(order("a"), header)).isInstanceOf(ProblemException.class);
    }

    private static NewJob order(String database) {
        return new NewJob(
                JobKind.BACKUP,
                database,
                JsonNodeFactory.instance.objectNode().put("database", database),
                "anonymous",
                List.of());
    }
}
