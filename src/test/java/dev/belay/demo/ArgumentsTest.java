package dev.belay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.demo.Arguments.Wish;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void madaris_is_shown_when_nothing_is_said() {
        assertThat(Arguments.parse()).contains(new Arguments(Wish.SHOW));
        assertThat(Arguments.parse("madaris")).contains(new Arguments(Wish.SHOW));
    }

    @Test
    void the_servers_are_kept_on_request() {
        assertThat(Arguments.parse("madaris", "--keep")).contains(new Arguments(Wish.SHOW_AND_KEEP));
        assertThat(Arguments.parse("--keep")).contains(new Arguments(Wish.SHOW_AND_KEEP));
    }

    @Test
    void stop_stands_alone() {
        assertThat(Arguments.parse("--stop")).contains(new Arguments(Wish.STOP));
        assertThat(Arguments.parse("--stop", "--keep")).isEmpty();
    }

    @Test
    void what_is_unknown_is_refused() {
        assertThat(Arguments.parse("sims")).isEmpty();
        assertThat(Arguments.parse("--kepe")).isEmpty();
        assertThat(Arguments.parse("madaris", "madaris")).isEmpty();
    }
}
