package dev.belay.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final MaintenanceWindow NIGHTLY = window("0 0 2 * * ?", "UTC", 2);

    private static MaintenanceWindow window(String cron, String zone, int hours) {
        return new MaintenanceWindow(cron, Duration.ofHours(hours), ZoneId.of(zone));
    }

    private static Windows windows(MaintenanceWindow... windows) {
        return new Windows(List.of(windows), List.of());
    }

    private static Windows closedOn(String blackout, MaintenanceWindow... windows) {
        return new Windows(
                List.of(windows),
                Stream.of(blackout.split(" ", -1)).map(Blackout::parse).toList());
    }

    private static Opening opening(String from, String until) {
        return new Opening(Instant.parse(from), Instant.parse(until));
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    @Test
    void an_opening_lasts_from_now_to_the_windows_end() {
        assertThat(windows(NIGHTLY).openAt(at("2026-06-01T02:00:00Z")))
                .contains(opening("2026-06-01T02:00:00Z", "2026-06-01T04:00:00Z"));
        assertThat(windows(NIGHTLY).openAt(at("2026-06-01T03:59:59Z")))
                .contains(opening("2026-06-01T03:59:59Z", "2026-06-01T04:00:00Z"));
        assertThat(windows(NIGHTLY).openAt(at("2026-06-01T04:00:00Z"))).isEmpty();
        assertThat(windows(NIGHTLY).openAt(at("2026-06-01T01:59:59.999Z"))).isEmpty();
    }

    @Test
    void the_next_opening_is_the_present_one_while_it_lasts() {
        assertThat(windows(NIGHTLY).nextOpening(at("2026-06-01T03:00:00Z")))
                .contains(opening("2026-06-01T03:00:00Z", "2026-06-01T04:00:00Z"));
        assertThat(windows(NIGHTLY).nextOpening(at("2026-06-01T04:00:00Z")))
                .contains(opening("2026-06-02T02:00:00Z", "2026-06-02T04:00:00Z"));
    }

    @Test
    void windows_that_overlap_or_touch_are_one_opening() {
        Windows both = windows(NIGHTLY, window("0 0 3 * * ?", "UTC", 2), window("0 0 5 * * ?", "UTC", 1));

        assertThat(both.nextOpening(at("2026-06-01T00:00:00Z")))
                .contains(opening("2026-06-01T02:00:00Z", "2026-06-01T06:00:00Z"));
    }

    @Test
    void a_window_that_begins_before_it_has_ended_is_always_open() {
        Opening open = windows(window("0 * * * * ?", "UTC", 1))
                .openAt(at("2026-06-01T12:34:56Z"))
                .orElseThrow();

        assertThat(open.length()).isGreaterThan(Duration.ofDays(6));
    }

    @Test
    void a_window_over_the_change_of_clocks_lasts_as_long_as_ever() {
        MaintenanceWindow night = window("0 0 1 * * ?", "Europe/Berlin", 3);

        assertThat(windows(night).nextOpening(at("2026-03-29T00:00:00Z")).map(Opening::length))
                .contains(Duration.ofHours(3));
        assertThat(windows(night).nextOpening(at("2026-10-24T12:00:00Z")))
                .contains(opening("2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z"));
    }

    @Test
    void a_blackout_ends_an_opening_when_it_begins() {
        Windows windows = closedOn("2026-06-01T03:00Z/2026-06-01T03:30Z", NIGHTLY);

        assertThat(windows.openAt(at("2026-06-01T02:10:00Z")))
                .contains(opening("2026-06-01T02:10:00Z", "2026-06-01T03:00:00Z"));
        assertThat(windows.openAt(at("2026-06-01T03:00:00Z"))).isEmpty();
        assertThat(windows.openAt(at("2026-06-01T03:29:59Z"))).isEmpty();
        assertThat(windows.nextOpening(at("2026-06-01T03:00:00Z")))
                .contains(opening("2026-06-01T03:30:00Z", "2026-06-01T04:00:00Z"));
    }

    @Test
    void days_of_a_blackout_are_those_of_the_windows_zone_and_the_last_one_belongs_to_it() {
        Windows windows = closedOn("2026-12-20/2027-01-05", window("0 0 22 * * ?", "Asia/Manila", 4));

        assertThat(windows.nextOpening(at("2026-12-19T12:00:00Z")))
                .contains(opening("2026-12-19T14:00:00Z", "2026-12-19T16:00:00Z"));
        assertThat(windows.nextOpening(at("2026-12-19T16:00:00Z")))
                .contains(opening("2027-01-05T16:00:00Z", "2027-01-05T18:00:00Z"));
    }

    @Test
    void blackouts_one_after_the_other_are_all_left_out() {
        Windows windows = closedOn("2026-06-01/2026-06-02 2026-06-02/2026-06-03", NIGHTLY);

        assertThat(windows.nextOpening(at("2026-06-01T00:00:00Z")))
                .contains(opening("2026-06-04T02:00:00Z", "2026-06-04T04:00:00Z"));
    }

    @Test
    void a_long_blackout_of_a_window_that_begins_every_second_is_found_out_at_once() {
        Windows windows = closedOn("2026-01-01/2026-12-31", window("* * * * * ?", "UTC", 1));

        assertThat(windows.nextOpening(at("2026-01-01T00:00:00Z")).map(Opening::from))
                .contains(at("2027-01-01T00:00:00Z"));
    }

    @Test
    void without_windows_it_is_open_but_in_a_blackout() {
        Windows windows = closedOn("2026-06-02/2026-06-02");

        assertThat(windows.isUnrestricted()).isFalse();
        assertThat(windows.openAt(at("2026-06-01T10:00:00Z")).map(Opening::until))
                .contains(at("2026-06-02T00:00:00Z"));
        assertThat(windows.nextOpening(at("2026-06-02T00:00:00Z")).map(Opening::from))
                .contains(at("2026-06-03T00:00:00Z"));
    }

    @Test
    void what_never_opens_again_has_no_next_opening() {
        assertThat(windows(window("0 0 2 * * ? 2020", "UTC", 1)).nextOpening(at("2026-06-01T00:00:00Z")))
                .isEmpty();
        assertThat(windows(window("0 0 2 * * ? 2020", "UTC", 1)).upcoming(at("2026-06-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void upcoming_openings_are_the_next_hundred() {
        assertThat(windows(NIGHTLY).upcoming(at("2026-06-01T00:00:00Z")))
                .hasSize(100)
                .startsWith(opening("2026-06-01T02:00:00Z", "2026-06-01T04:00:00Z"));
    }
}
