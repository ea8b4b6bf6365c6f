package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookoutTest {

    private static final Found FINE = Found.of(List.of());

    private final Lookout lookout = new Lookout(Duration.ofMillis(300));
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        lookout.close();
    }

    private Found hang() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return FINE;
    }

    @Test
    void a_look_that_hangs_is_unreachable_and_keeps_no_other_database_waiting() {
        CompletableFuture<Found> hanging = lookout.ask("black-hole", this::hang);

        assertThat(lookout.await(lookout.ask("fine", () -> FINE))).isEqualTo(FINE);
        assertThat(lookout.await(hanging).status()).isEqualTo(SchemaStatus.UNREACHABLE);
    }

    @Test
    void those_who_come_during_a_look_share_the_next_one() {
        AtomicInteger looks = new AtomicInteger();
        CompletableFuture<Found> first = lookout.ask("busy", this::hang);
        CompletableFuture<Found> second = lookout.ask("busy", () -> counted(looks));
        CompletableFuture<Found> third = lookout.ask("busy", () -> counted(looks));

        release.countDown();

        assertThat(lookout.await(first)).isEqualTo(FINE);
        assertThat(lookout.await(second)).isEqualTo(FINE);
        assertThat(lookout.await(third)).isEqualTo(FINE);
        assertThat(looks).hasValue(1);
    }

    @Test
    void a_database_that_hung_is_seen_again_once_it_answers() {
        var unused = lookout.await(lookout.ask("back", this::hang));
        release.countDown();

        assertThat(lookout.await(lookout.ask("back", () -> FINE))).isEqualTo(FINE);
    }

    private static Found counted(AtomicInteger looks) {
        looks.incrementAndGet();
        return FINE;
    }
}
