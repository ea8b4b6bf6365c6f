package dev.belay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private final AtomicLong time = new AtomicLong(-1_000_000_000_000L);
    private final Allowance allowance = new Allowance(10, 5, time::get);

    private long taken(String who, int tries) {
        return IntStream.range(0, tries)
                .filter(i -> allowance.take(who).isZero())
                .count();
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    @Test
    void who_was_quiet_may_take_a_burst_and_no_more() {
        assertThat(taken("a", 100)).isEqualTo(5);
    }

    @Test
    void who_took_all_is_told_when_there_is_one_again_and_then_gets_it() {
        taken("a", 5);

        Duration wait = allowance.take("a");
        assertThat(wait).isEqualTo(Duration.ofMillis(100));
        pass(wait.minusNanos(1));
        assertThat(allowance.take("a")).isEqualTo(Duration.ofNanos(1));
        pass(Duration.ofNanos(1));
        assertThat(taken("a", 10)).isEqualTo(1);
    }

    @Test
    void what_comes_evenly_at_the_rate_is_always_let_in() {
        taken("a", 5);

        for (int i = 0; i < 1000; i++) {
            pass(Duration.ofMillis(100));
            assertThat(allowance.take("a")).isZero();
        }
    }

    @Test
    void asking_in_vain_costs_nothing() {
        taken("a", 1000);

        pass(Duration.ofMillis(500));

        assertThat(taken("a", 100)).isEqualTo(5);
    }

    @Test
    void one_does_not_pay_for_another() {
        taken("a", 100);

        assertThat(taken("b", 100)).isEqualTo(5);
    }

    @Test
    void a_look_takes_nothing() {
        taken("a", 4);

        assertThat(allowance.wait("a")).isZero();
        assertThat(allowance.wait("a")).isZero();
        assertThat(taken("a", 10)).isEqualTo(1);
        assertThat(allowance.wait("a")).isEqualTo(Duration.ofMillis(100));
        assertThat(allowance.wait("nobody")).isZero();
    }
}
