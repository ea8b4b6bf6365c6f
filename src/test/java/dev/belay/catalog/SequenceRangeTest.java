package dev.belay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.catalog.SequenceRange.Position;
import org.junit.jupiter.api.Test;

class SequenceRangeTest {

    @Test
    void an_unmoved_sequence_covers_nothing_but_itself() {
        SequenceRange still = range(7, 7, true, false);

        assertThat(still.covers(range(7, 7, true, false))).isTrue();
        assertThat(still.covers(range(6, 6, true, false))).isFalse();
        assertThat(still.covers(range(8, 8, true, false))).isFalse();
        assertThat(still.covers(new SequenceRange(new Position(7, false), new Position(7, false), true, false)))
                .isFalse();
    }

    @Test
    void a_moving_sequence_covers_what_lies_between_in_its_own_direction() {
        assertThat(range(3, 9, true, false).covers(range(5, 5, true, false))).isTrue();
        assertThat(range(3, 9, true, false).covers(range(10, 10, true, false))).isFalse();
        assertThat(range(9, 3, false, false).covers(range(5, 5, false, false))).isTrue();
        assertThat(range(9, 3, false, false).covers(range(2, 2, false, false))).isFalse();
    }

    @Test
    void a_sequence_that_cycled_covers_both_ends() {
        SequenceRange round = range(8, 2, true, true);

        assertThat(round.covers(range(9, 9, true, true))).isTrue();
        assertThat(round.covers(range(1, 1, true, true))).isTrue();
        assertThat(round.covers(range(5, 5, true, true))).isFalse();
    }

    @Test
    void a_sequence_that_was_set_back_covers_what_lies_between() {
        assertThat(range(8, 2, true, false).covers(range(5, 5, true, false))).isTrue();
        assertThat(range(8, 2, true, false).covers(range(9, 9, true, false))).isFalse();
    }

    private static SequenceRange range(long from, long to, boolean ascending, boolean cycles) {
        return new SequenceRange(new Position(from, true), new Position(to, true), ascending, cycles);
    }
}
