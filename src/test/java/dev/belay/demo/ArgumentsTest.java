package dev.belay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.demo.Arguments.Wish;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void madaris_is_shown_when_nothing_is_said() {
        assertThat(Arguments.parse()).contains(new Arguments(Wish.SHOW, "madaris"));
        assertThat(Arguments.parse("madaris")).contains(new Arguments(Wish.SHOW, "madaris"));
    }

    @Test
    void the_servers_are_kept_on_request() {
        assertThat(Arguments.parse("madaris", "--keep")).contains(new Arguments(Wish.SHOW_AND_KEEP, "madaris"));
        assertThat(Arguments.parse("--keep")).contains(new Arguments(Wish.SHOW_AND_KEEP, "madaris"));
    }

    @Test
    void another_project_is_shown_on_request() {
        assertThat(Arguments.parse("sims")).contains(new Arguments(Wish.SHOW, "sims"));
        assertThat(Arguments.parse("--keep", "sims")).contains(new Arguments(Wish.SHOW_AND_KEEP, "sims"));
    }

    @Test
    void stop_stands_alone() {
        assertThat(Arguments.parse("--stop")).contains(new Arguments(Wish.STOP, "madaris"));
        assertThat(Arguments.parse("--stop", "--keep")).isEmpty();
    }

    @Test
    void what_is_unknown_is_refused() {
        assertThat(Arguments.parse("simsala")).isEmpty();
        assertThat(Arguments.parse("madaris", "sims")).isEmpty();
        assertThat(Arguments.parse("--kepe")).isEmpty();
        assertThat(Arguments.parse("madaris", "madaris")).isEmpty();
    }
}
