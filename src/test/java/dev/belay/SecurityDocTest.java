package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An auditor who follows docs/security.md finds every test that it names. */
class SecurityDocTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");

    @Test
    void every_test_that_the_page_names_is_there() throws IOException {
        List<String> named = TEST.matcher(Files.readString(Path.of("docs", "security.md")))
                .results()
                .map(match -> match.group(1) + ".java")
                .distinct()
                .toList();
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .containsAll(named);
        }
        assertThat(named).hasSizeGreaterThan(10);
    }
}
