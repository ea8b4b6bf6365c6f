package dev.belay.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.AtOnce;
import dev.belay.problem.TooManyException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places("streams", 2, 3, new Closing());

    @Test
    void a_caller_has_so_many_and_all_together_so_many() {
        places.take("a");
        places.take("a");

        assertThatThrownBy(() -> places.take("a"))
                .isInstanceOf(TooManyException.class)
                .hasMessageContaining("The caller a has 2 streams")
                .hasMessageContaining("Nothing was done. Send it again in 5 s.");
        places.take("b");
        assertThatThrownBy(() -> places.take("c")).hasMessageContaining("There are 3 streams");
    }

    @Test
    void a_place_that_is_given_back_is_free_again_once_however_often_it_is_given() {
        Place first = places.take("a");
        places.take("a");
        first.close();
        first.leave();
        first.close();

        assertThat(first.isClosed()).isTrue();
        assertThat(places.take("a").isClosed()).isFalse();
        assertThatThrownBy(() -> places.take("a")).isInstanceOf(TooManyException.class);
    }

    @Test
    void many_at_once_get_no_more_than_there_are() {
        Places many = new Places("streams", 100, 7, new Closing());

        assertThat(AtOnce.map(Collections.nCopies(40, "a"), caller -> {
                    try {
                        many.take(caller);
                        return true;
                    } catch (TooManyException e) {
                        return false;
                    }
                }))
                .filteredOn(taken -> taken)
                .hasSize(7);
    }
}
