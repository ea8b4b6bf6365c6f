package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolOutputTest {

    private final List<String> progress = new ArrayList<>();
    private final ToolOutput output = new ToolOutput("pg_restore", progress::add);

    @Test
    void talk_alone_is_no_complaint() {
        lines(
                "pg_restore: creating TABLE \"public.a",
                "b\"",
                "pg_restore: NOTICE:  schema \"x\" already exists, skipping",
                "pg_restore: creating TABLE \"public.error: x\"");

        assertThatCode(() -> output.requireSuccess(0, "")).doesNotThrowAnyException();
        assertThat(progress).hasSize(3);
    }

    @Test
    void a_warning_is_a_failure_in_spite_of_exit_code_0() {
        lines("pg_restore: warning: errors ignored on restore: 1");

        assertThatThrownBy(() -> output.requireSuccess(0, "The copy is of no use."))
                .hasMessageContaining("errors ignored")
                .hasMessageContaining("The copy is of no use.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_restore: WARNING:  wal_level is insufficient to publish logical changes",
                "WARNING:  database \"x\" has a collation version mismatch",
                "pg_restore: warning: there are circular foreign-key constraints on this table:"
            })
    void a_few_warnings_are_known_to_be_harmless_with_all_that_belongs_to_them(String warning) {
        lines(warning, "HINT:  Do something.", "pg_restore: detail: x", "pg_restore: creating TABLE \"public.a\"");

        assertThatCode(() -> output.requireSuccess(0, "")).doesNotThrowAnyException();
    }

    @Test
    void an_error_comes_with_what_belongs_to_it_and_without_anybodys_data() {
        lines(
                "pg_restore: from TOC entry 3; 0 0 TABLE DATA public t o",
                "pg_restore: error: COPY failed for table \"t\": ERROR:  value violates check",
                "DETAIL:  Failing row contains (1, secret).",
                "CONTEXT:  COPY t, line 1: \"1\tsecret\"",
                "pg_restore: error: could not execute query: ERROR:  duplicate key",
                "DETAIL:  Key (email)=(secret@example.org) already exists.",
                "Command was: ALTER TABLE t ADD UNIQUE (email);");

        assertThatThrownBy(() -> output.requireSuccess(1, ""))
                .hasMessageContaining("from TOC entry 3")
                .hasMessageContaining("violates check")
                .hasMessageContaining("Key (email)=(not shown) already exists")
                .hasMessageContaining("Command was")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_full_disk_is_told_from_other_failures() {
        lines("pg_restore: error: could not write to file: No space left on device");

        assertThatThrownBy(() -> output.requireSuccess(1, ""))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.DISK_FULL));
    }

    @Test
    void words_of_the_loader_are_kept() {
        lines("/usr/bin/pg_restore: error while loading shared libraries: libpq.so.5");

        assertThatThrownBy(() -> output.requireSuccess(127, "")).hasMessageContaining("libpq.so.5");
    }

    private void lines(String... lines) {
        List.of(lines).forEach(output::error);
    }
}
