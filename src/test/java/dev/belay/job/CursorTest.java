package dev.belay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void a_cursor_leads_to_where_it_was_given_out() {
        Job last = new Job();
        last.kind = JobKind.BACKUP;
        last.number = 4711L;

        assertThat(Cursor.parse(JobKind.BACKUP, Cursor.after(last), 50)).isEqualTo(new Cursor(4711L, 50));
    }

    @Test
    void without_a_cursor_a_listing_begins_at_the_newest() {
        assertThat(Cursor.parse(JobKind.BACKUP, null, 1).before()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "47 11", "bm90IGEgbnVtYmVy", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"})
    void a_cursor_that_was_not_given_out_is_refused(String cursor) {
        assertThatThrownBy(() -> Cursor.parse(JobKind.BACKUP, cursor, 50)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 201})
    void a_page_has_between_one_and_two_hundred_jobs(int limit) {
        assertThatThrownBy(() -> Cursor.parse(JobKind.BACKUP, null, limit)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_cursor_of_another_listing_is_refused() {
        Job last = new Job();
        last.kind = JobKind.BACKUP;
        last.number = 4711L;

        assertThatThrownBy(() -> Cursor.parse(JobKind.MIGRATION, Cursor.after(last), 50))
                .isInstanceOf(ProblemException.class);
    }
}
