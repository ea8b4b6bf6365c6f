package dev.belay.postgres;

import dev.belay.problem.ProblemType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one program to its end: never through a shell, never with Belay's own environment, and never longer than the
 * call. When the monitor stops it, or the calling thread is interrupted, the whole tree of processes gets SIGTERM and
 * five seconds later SIGKILL. When Belay itself dies, the kernel sends SIGTERM to the program (see {@link #tether}).
 */
public final class Subprocess {

    private static final long GRACE_SECONDS = 5;
    private static final int SIGNALLED = 128;
    private static final List<String> INHERITED = List.of("PATH", "HOME");
    private static final List<String> TETHER = List.of("/usr/bin/setpriv", "--pdeathsig", "TERM", "--");

    private final Process process;
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException listenerFailure;

    private Subprocess(Process process) {
        this.process = process;
    }

    /**
     * What to run.
     *
     * @param arguments the program's absolute path and its arguments
     * @param environment added to PATH, HOME and a fixed locale, which is all that it inherits
     * @param directory the working directory; null for Belay's own
     */
    public record Command(
            List<String> arguments,
            Map<String, String> environment,
            @Nullable Path directory) {

        public Command {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }

        public static Command of(Path program, String... arguments) {
            List<String> all = new ArrayList<>(List.of(program.toString()));
            all.addAll(List.of(arguments));
            return new Command(all, Map.of(), null);
        }

        public Command in(Path workingDirectory) {
            return new Command(arguments, environment, workingDirectory);
        }
    }

    /**
     * How it ended.
     *
     * @param exitCode 128 + n when it died of signal n
     * @param output standard output, without its middle part when it is long
     * @param errors standard error, likewise
     */
    public record Result(int exitCode, List<String> output, List<String> errors) {}

    /** Gets each line as soon as it is written; output and errors come on two threads. */
    public interface Lines {

        default void output(String line) {}

        default void error(String line) {}
    }

    public static Result run(Command command, Monitor monitor) {
        return run(command, new Lines() {}, monitor);
    }

    /**
     * Runs the program to its end, whatever its exit code.
     *
     * @throws dev.belay.problem.ProblemException TOOL_MISSING when it cannot be started; what the monitor throws when
     *     it was stopped
     */
    @SuppressWarnings("try") // the registration is only there to be closed
    public static Result run(Command command, Lines lines, Monitor monitor) {
        monitor.check();
        Subprocess subprocess = new Subprocess(start(command));
        try (Monitor.Registration ignored = monitor.onStop(subprocess::stop)) {
            Result result = subprocess.await(lines);
            if (subprocess.stopped) {
                monitor.check();
            }
            return result;
        } finally {
            subprocess.kill();
        }
    }

    private static Process start(Command command) {
        Path program = Path.of(command.arguments().get(0));
        if (!Files.isExecutable(program)) {
            throw ProblemType.TOOL_MISSING.because(program + " is missing or cannot be executed. Nothing was started.");
        }
        ProcessBuilder builder = new ProcessBuilder(tether(command.arguments()));
        if (command.directory() != null) {
            builder.directory(command.directory().toFile());
        }
        withoutOwn(builder).environment().putAll(command.environment());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw ProblemType.TOOL_MISSING.because(program + " could not be started: " + e.getMessage(), e);
        }
    }

    /** Takes all of Belay's environment away that is not listed: passwords may be in it, under names that nobody foresaw. */
    private static ProcessBuilder withoutOwn(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.put("LANG", "C.UTF-8");
        environment.put("LC_MESSAGES", "C");
        return builder;
    }

    /**
     * Binds the program's life to the calling thread's, hence to Belay's: a pg_dump that goes on after a kill -9 would
     * hold its locks and its snapshot on the database. It is the thread that counts (see prctl(2)), and that is right
     * here because the thread waits in {@link #run} for the program. Where there is no setpriv (util-linux, on every
     * Debian), the program ends by itself when its work is done.
     */
    private static List<String> tether(List<String> arguments) {
        if (!Tether.WORKS) {
            return arguments;
        }
        List<String> tethered = new ArrayList<>(TETHER);
        tethered.addAll(arguments);
        return tethered;
    }

    /** Tried once, when first needed: old and small versions of setpriv lack the option. */
    private static final class Tether {
        static final boolean WORKS = works();

        private static boolean works() {
            List<String> attempt = new ArrayList<>(TETHER);
            attempt.add("true");
            try {
                return withoutOwn(new ProcessBuilder(attempt)).start().waitFor() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private Result await(Lines lines) {
        BoundedLines output = new BoundedLines();
        BoundedLines errors = new BoundedLines();
        Thread outputReader = reader(process.getInputStream(), output.andThen(guarded(lines::output)));
        Thread errorReader = reader(process.getErrorStream(), errors.andThen(guarded(lines::error)));
        try {
            Set<ProcessHandle> seen = new HashSet<>();
            while (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(seen::add);
            }
            int exitCode = process.exitValue();
            if (exitCode > SIGNALLED) {
                // Workers do not notice that their leader was killed before their present statement is over.
                seen.forEach(ProcessHandle::destroyForcibly);
            }
            // A grandchild that left the family (a server) may hold the pipes open: its output is not waited for.
            outputReader.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
            errorReader.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
            if (listenerFailure != null) {
                throw listenerFailure;
            }
            return new Result(exitCode, output.lines(), errors.lines());
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw ProblemType.TOOL_FAILED.because(
                    "Belay is shutting down and stopped "
                            + process.info().command().orElse("a program") + " before it was done.",
                    e);
        }
    }

    /** A listener that throws ends the program; the pipe is read on, or the program would block and never end. */
    private Consumer<String> guarded(Consumer<String> listener) {
        return line -> {
            try {
                if (listenerFailure == null) {
                    listener.accept(line);
                }
            } catch (RuntimeException e) {
                listenerFailure = e;
                family().forEach(ProcessHandle::destroy);
            }
        };
    }

    private static Thread reader(InputStream stream, Consumer<String> sink) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        BoundedLines.read(reader, sink);
                    } catch (IOException | UncheckedIOException e) {
                        // The pipe broke because the program was killed; its exit code tells.
                        return;
                    }
                },
                "subprocess-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void stop() {
        stopped = true;
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroy);
        try {
            if (process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)
                    && family.stream().noneMatch(ProcessHandle::isAlive)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    /** Leaves nothing behind, whatever way the call ended; does nothing to a program that has ended. */
    private void kill() {
        if (process.isAlive()) {
            family().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }
}
