package dev.belay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.25S, 250 ms",
        "PT4S, 4 s",
        "PT90S, 1 min 30 s",
        "PT2M, 2 min",
        "PT90M, 1 h 30 min",
        "PT24H, 1 d",
        "PT26H, 1 d 2 h"
    })
    void a_duration_is_shown_in_two_units(Duration duration, String shown) {
        assertThat(Durations.shown(duration)).isEqualTo(shown);
    }
}
