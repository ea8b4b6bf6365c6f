package dev.belay.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + TRACE + "-00f067aa0ba902b7-01",
                " 00-" + TRACE + "-00f067aa0ba902b7-00 ",
                "01-" + TRACE + "-00f067aa0ba902b7-01-what-a-later-version-adds"
            })
    void a_valid_traceparent_gives_the_id(String header) {
        assertThat(TraceId.of(header)).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "x",
                "ff-" + TRACE + "-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-" + TRACE + "-00f067aa0ba902b7"
            })
    void anything_else_gives_a_new_one(@Nullable String header) {
        assertThat(TraceId.of(header)).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    }

    @Test
    void outside_of_a_request_there_is_none() {
        assertThat(TraceId.current()).isNull();
    }
}
