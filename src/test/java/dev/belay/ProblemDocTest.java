package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator who meets a problem finds it in docs/operations.md. */
class ProblemDocTest {

    @ParameterizedTest
    @EnumSource
    void every_problem_type_is_in_the_table_with_its_status(ProblemType type) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs", "operations.md")))
                .anyMatch(line -> line.startsWith("| `" + type.slug() + "` | " + type.status() + " |"));
    }
}
