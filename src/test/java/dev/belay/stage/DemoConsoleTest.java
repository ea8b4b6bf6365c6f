package dev.belay.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DemoConsoleTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void a_file_gets_plain_lines_and_no_progress() {
        DemoConsole console = new DemoConsole(out, false, false);
        console.live("prove 40 %");
        console.check(Check.of("The gate", 200, 200));
        assertThat(written()).isEqualTo("   ✓ The gate: 200\n");
    }

    @Test
    void a_terminal_gets_progress_that_the_next_line_replaces() {
        DemoConsole console = new DemoConsole(out, true, false);
        console.live("prove 40 %");
        console.line("proven");
        assertThat(written()).isEqualTo("\r\u001b[Kprove 40 %\r\u001b[Kproven\n");
    }

    @Test
    void a_line_of_progress_never_wraps() {
        DemoConsole console = new DemoConsole(out, true, false);
        console.live("x".repeat(500));
        assertThat(written().length()).isLessThan(110);
    }

    @Test
    void long_details_are_wrapped_below_themselves() {
        assertThat(Text.wrap("prove  ", "one two three", 15)).containsExactly("prove  one two", "       three");
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
