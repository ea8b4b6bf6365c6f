package dev.belay.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another user of the machine, who reads in /proc what the programs were given that a process starts. */
final class Onlooker implements AutoCloseable {

    private static final Pattern PASSFILE = Pattern.compile("passfile='([^']*)'");

    private final long pid;
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::look, "onlooker");
    private volatile boolean done;

    Onlooker(BelayProcess service) {
        this.pid = service.pid();
        thread.setDaemon(true);
        thread.start();
    }

    /** Arguments, environment and the password file's mode of each program of that name that was seen. */
    List<String> seen(String program) {
        return seen.values().stream()
                .filter(one -> one.split("\n", 2)[0].endsWith("/" + program))
                .toList();
    }

    private void look() {
        while (!done) {
            ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).forEach(this::note);
        }
    }

    private void note(ProcessHandle program) {
        Path proc = Path.of("/proc", String.valueOf(program.pid()));
        try {
            String arguments = Files.readString(proc.resolve("cmdline")).replace('\0', '\n');
            Matcher passfile = PASSFILE.matcher(arguments);
            // setpriv becomes the program
            if (!seen.containsKey(program.pid() + arguments)) {
                String mode = passfile.find()
                        ? "\npassfile-mode: "
                                + PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(Path.of(passfile.group(1))))
                        : "";
                String environment = Files.readString(proc.resolve("environ")).replace('\0', '\n');
                seen.put(program.pid() + arguments, arguments + "\nenvironment:\n" + environment + mode);
            }
        } catch (IOException e) {
            // It has ended meanwhile, and its password file is gone.
            return;
        }
    }

    @Override
    public void close() {
        done = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
