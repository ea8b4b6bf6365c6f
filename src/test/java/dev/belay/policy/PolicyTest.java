package dev.belay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, true",
        "1000, 5000, true",
        "1000, 500, true",
        "1000, 499, false",
        "0, 0, true",
        "1, 0, false"
    })
    void a_backup_is_plausible_that_has_half_of_what_the_one_before_had(long before, long now, boolean plausible) {
        assertThat(Policy.strict().isPlausible(before, now)).isEqualTo(plausible);
    }
}
