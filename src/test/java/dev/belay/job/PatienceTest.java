package dev.belay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {

    @ParameterizedTest
    @CsvSource({"25s,25", "25,25", "0,0", " 7s ,7", "3600s,25", "999999,25"})
    void the_parameter_is_seconds_up_to_the_cap(String wait, long seconds) {
        assertThat(Patience.of(wait, null)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1m", "25 s", "1.5", "99999999999999999999"})
    void a_parameter_that_cannot_be_read_is_refused(String wait) {
        assertThatThrownBy(() -> Patience.of(wait, null)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10|10",
                "respond-async, wait=10|10",
                "Wait=10; x=y|10",
                "wait=100|25",
                "wait=999999999|25",
                "wait = \"5\"|5",
                "wait=1, wait=2|1"
            })
    void the_header_is_a_preference(String prefer, long seconds) {
        assertThat(Patience.of(null, prefer)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "respond-async", "wait=soon", "await=10", "foo; wait=10", "wait=-1", "wait=\"5", "wait"})
    void a_header_that_cannot_be_read_is_no_preference(String prefer) {
        assertThat(Patience.of(null, prefer)).isEqualTo(Duration.ZERO);
    }

    @Test
    void the_parameter_goes_before_the_header() {
        assertThat(Patience.of("3", "wait=10")).isEqualTo(Duration.ofSeconds(3));
        assertThat(Patience.of(null, null)).isEqualTo(Duration.ZERO);
    }
}
