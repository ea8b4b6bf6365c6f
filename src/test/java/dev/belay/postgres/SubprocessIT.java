package dev.belay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.embedded.Victim;
import dev.belay.postgres.Subprocess.Command;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubprocessIT {

    @TempDir
    private Path directory;

    @Test
    void a_program_inherits_nothing_but_path_home_and_a_fixed_locale() throws IOException {
        Path script = Scripts.write(directory, "show", "env");
        Command command = new Command(List.of(script.toString()), Map.of("PGAPPNAME", "x"), null);

        assertThat(Subprocess.run(command, Monitor.none()).output())
                .extracting(line -> line.replaceAll("=.*", ""))
                .isSubsetOf("PATH", "HOME", "LANG", "LC_MESSAGES", "PGAPPNAME", "PWD", "SHLVL", "OLDPWD", "_")
                .contains("PGAPPNAME", "LC_MESSAGES");
    }

    @Test
    void arguments_reach_the_program_as_they_are() throws IOException {
        Path script = Scripts.write(directory, "show", "printf '%s|' \"$@\"; exit 7");
        Subprocess.Result result = Subprocess.run(Command.of(script, "a b", "$HOME", "`id`", ""), Monitor.none());

        assertThat(result.output()).containsExactly("a b|$HOME|`id`||");
        assertThat(result.exitCode()).isEqualTo(7);
    }

    @Test
    void endless_output_does_not_fill_the_heap() throws IOException {
        Path script = Scripts.write(directory, "talk", "seq 1 100000; head -c 3000000 /dev/zero | tr '\\0' x >&2");
        Subprocess.Result result = Subprocess.run(Command.of(script), Monitor.none());

        assertThat(result.output()).hasSizeLessThan(400).startsWith("1", "2").endsWith("99999", "100000");
        assertThat(result.errors())
                .singleElement()
                .satisfies(line -> assertThat(line.length()).isLessThan(5000));
    }

    @Test
    void a_program_that_ignores_sigterm_is_killed_with_all_its_children() throws IOException {
        Path script = Scripts.write(directory, "stubborn", "trap '' TERM; sleep 300 & echo ready; wait; sleep 300");
        StoppableMonitor monitor = new StoppableMonitor();
        Subprocess.Lines stopAtFirst = new Subprocess.Lines() {
            @Override
            public void output(String line) {
                new Thread(monitor::stop).start();
            }
        };

        assertThatThrownBy(() -> Subprocess.run(Command.of(script), stopAtFirst, monitor))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ProblemType.CANCELLED));
        Waiting.until(() -> ProcessHandle.current().descendants().noneMatch(SubprocessIT::isSleep));
    }

    @Test
    void a_listener_that_throws_ends_the_program_and_the_call() throws IOException {
        Path script = Scripts.write(directory, "talk", "while true; do echo x; done");
        Subprocess.Lines throwing = new Subprocess.Lines() {
            @Override
            public void output(String line) {
                throw new IllegalStateException("no more");
            }
        };

        assertThatThrownBy(() -> Subprocess.run(Command.of(script), throwing, Monitor.none()))
                .hasMessage("no more");
    }

    @Test
    void a_stopped_monitor_starts_nothing() throws IOException {
        Path script = Scripts.write(directory, "touch", "touch " + directory.resolve("started"));
        StoppableMonitor monitor = new StoppableMonitor();
        monitor.stop();

        assertThatThrownBy(() -> Subprocess.run(Command.of(script), monitor)).isInstanceOf(ProblemException.class);
        assertThat(directory.resolve("started")).doesNotExist();
    }

    @Test
    void an_interrupted_call_leaves_no_program_behind() throws Exception {
        Path script = Scripts.write(directory, "wait", "exec sleep 300");
        Thread caller = new Thread(() -> assertThatThrownBy(() -> Subprocess.run(Command.of(script), Monitor.none()))
                .isInstanceOf(ProblemException.class));
        caller.start();
        Waiting.until(() -> ProcessHandle.current().descendants().anyMatch(SubprocessIT::isSleep));
        caller.interrupt();
        caller.join();

        Waiting.until(() -> ProcessHandle.current().descendants().noneMatch(SubprocessIT::isSleep));
    }

    @Test
    void a_program_does_not_outlive_a_killed_belay() throws Exception {
        Process victim = Victim.launch("sleep", directory.resolve("unused"));
        Waiting.until(() -> victim.descendants().anyMatch(SubprocessIT::isSleep));
        ProcessHandle program =
                victim.descendants().filter(SubprocessIT::isSleep).findFirst().orElseThrow();
        victim.destroyForcibly().waitFor();

        Waiting.until(() -> !program.isAlive());
    }

    @Test
    void a_missing_program_is_named() {
        Path missing = directory.resolve("pg_dump");

        assertThatThrownBy(() -> Subprocess.run(Command.of(missing), Monitor.none()))
                .hasMessageContaining(missing.toString());
    }

    private static boolean isSleep(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/sleep");
    }
}
