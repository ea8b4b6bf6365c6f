package dev.belay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceWindowTest {

    private static final String BERLIN = "Europe/Berlin";

    private static MaintenanceWindow window(String cron, String zone) {
        return new MaintenanceWindow(cron, Duration.ofHours(1), ZoneId.of(zone));
    }

    private static List<Instant> beginnings(MaintenanceWindow window, String after, int count) {
        List<Instant> found = new ArrayList<>();
        Instant last = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            last = window.nextBeginning(last).orElseThrow();
            found.add(last);
        }
        return found;
    }

    private static List<Instant> moments(String... texts) {
        return List.of(texts).stream().map(Instant::parse).toList();
    }

    @Test
    void a_night_whose_hour_is_left_out_begins_at_the_change_of_the_clocks() {
        assertThat(beginnings(window("0 30 2 * * ?", BERLIN), "2026-03-28T00:00:00Z", 3))
                .isEqualTo(moments("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"));
    }

    @Test
    void an_hour_that_comes_twice_counts_the_first_time() {
        assertThat(beginnings(window("0 30 2 * * ?", BERLIN), "2026-10-24T12:00:00Z", 2))
                .isEqualTo(moments("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:29:59Z, 2026-10-25T00:30:00Z",
        "2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "2026-10-25T00:59:59Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:00:00Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:29:59Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:30:00Z, 2026-10-26T01:30:00Z",
        "2026-10-25T02:00:00Z, 2026-10-26T01:30:00Z"
    })
    void it_is_asked_from_within_the_hour_that_comes_twice(Instant after, Instant expected) {
        assertThat(window("0 30 2 * * ?", BERLIN).nextBeginning(after)).contains(expected);
    }

    @Test
    void an_hour_after_the_one_that_comes_twice_is_found_from_within_it() {
        assertThat(window("0 0 3 * * ?", BERLIN).nextBeginning(Instant.parse("2026-10-25T01:30:00Z")))
                .contains(Instant.parse("2026-10-25T02:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"0 30 2 * * ?", "0 0/30 * * * ?", "0 0 3 * * ?", "0 15 1-3 * * ?", "0/20 59 1-3 * * ?"})
    void the_next_beginning_is_later_and_never_before_that_of_an_earlier_moment(String cron) {
        MaintenanceWindow window = window(cron, BERLIN);
        for (String night : List.of("2026-10-24T22:00:00Z", "2026-03-28T22:00:00Z")) {
            Instant previous = Instant.MIN;
            for (int minute = 0; minute < 6 * 60; minute++) {
                Instant after = Instant.parse(night).plusSeconds(60L * minute);
                Instant next = window.nextBeginning(after).orElseThrow();
                assertThat(next).isAfter(after).isAfterOrEqualTo(previous);
                previous = next;
            }
        }
    }

    @Test
    void where_clocks_are_never_changed_every_night_is_alike() {
        assertThat(beginnings(window("0 0 2 * * ?", "Asia/Manila"), "2026-03-28T00:00:00Z", 2))
                .isEqualTo(moments("2026-03-28T18:00:00Z", "2026-03-29T18:00:00Z"));
    }

    @Test
    void a_window_that_never_comes_again_has_no_beginning() {
        assertThat(window("0 0 2 30 2 ?", "UTC").nextBeginning(Instant.EPOCH)).isEmpty();
        assertThat(window("0 0 2 * * ? 2020", "UTC").nextBeginning(Instant.parse("2021-01-01T00:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "2026-06-01T01:59:59Z, none",
                "2026-06-01T02:00:00Z, 2026-06-01T02:00:00Z",
                "2026-06-01T02:59:59.999Z, 2026-06-01T02:00:00Z",
                "2026-06-01T03:00:00Z, none"
            })
    void it_lasts_from_its_first_moment_to_the_one_before_its_end(Instant at, @Nullable Instant begin) {
        assertThat(window("0 0 2 * * ?", "UTC").lastBeginning(at)).isEqualTo(Optional.ofNullable(begin));
    }

    @Test
    void of_many_beginnings_the_last_one_counts() {
        assertThat(window("* * 2-4 * * ?", "UTC").lastBeginning(Instant.parse("2026-06-01T05:30:00Z")))
                .contains(Instant.parse("2026-06-01T04:59:59Z"));
    }

    @Test
    void what_is_no_cron_expression_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> window("every night", "UTC"))
                .withMessageContaining("0 0 22 ? * SAT");
        assertThatIllegalArgumentException().isThrownBy(() -> window("0 22 * * *", "UTC"));
    }
}
