package dev.belay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerHeaderTest {

    @Test
    void a_caller_is_who_the_proxy_says() {
        assertThat(CallerHeader.name("X-Forwarded-User", List.of(" maria "))).isEqualTo("maria");
    }

    @Test
    void whoever_has_no_name_is_anonymous() {
        assertThat(CallerHeader.name("X-Forwarded-User", null)).isEqualTo("anonymous");
        assertThat(CallerHeader.name("X-Forwarded-User", List.of())).isEqualTo("anonymous");
        assertThat(CallerHeader.name("X-Forwarded-User", List.of(" "))).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ma\tria", "ma\u0000ria", "ma\u0085ria"})
    void a_name_has_no_control_characters(String name) {
        assertRefused(List.of(name));
    }

    @Test
    void a_name_has_200_characters_at_most() {
        assertThat(CallerHeader.name("X-Forwarded-User", List.of("m".repeat(200))))
                .hasSize(200);
        assertRefused(List.of("m".repeat(201)));
    }

    @Test
    void two_names_are_refused_because_one_may_be_the_clients_own() {
        assertRefused(List.of("maria", "admin"));
    }

    private static void assertRefused(List<String> values) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> CallerHeader.name("X-Forwarded-User", values))
                .withMessageContaining("X-Forwarded-User")
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }
}
