package dev.belay.sims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A working copy of the project, as a developer has it checked out: at first the scripts of the old release, then what a
 * draft makes of them, then the new release's too.
 */
final class Release {

    /** The modules whose history is reset: from version 10 on it is the new one. */
    static final List<String> RESET = List.of("academics", "attendance", "results", "audit");

    /** Of these, and of their first versions, the old system consists. */
    static final List<OldModule> OLD = List.of(
            new OldModule("django", "1"),
            new OldModule("academics", "3"),
            new OldModule("attendance", "2"),
            new OldModule("results", "2"),
            new OldModule("audit", "2"),
            new OldModule("admissions", "2"),
            new OldModule("enrollment", "1"),
            new OldModule("assessments", "1"),
            new OldModule("requests", "1"),
            new OldModule("transcripts", "1"));

    private static final Pattern SCRIPT = Pattern.compile("[VU](\\d+)__.*\\.sql");

    private final Path project;
    private final Path copy;

    Release(Path project, Path copy) {
        this.project = project;
        this.copy = copy;
    }

    /** A module, and how far it had come in the old system. */
    record OldModule(String name, String version) {}

    Path folder() {
        return copy;
    }

    /** Checks the old release out: its scripts, and empty folders for the modules it does not have. */
    int checkOutOld() throws IOException {
        int scripts = 0;
        for (Path script : scripts()) {
            if (isOld(script)) {
                scripts++;
                copy(script);
            } else {
                Files.createDirectories(target(script).getParent());
            }
        }
        copy(project.resolve("belay.yaml"));
        return scripts;
    }

    /** Checks the new release out beside it. What was made of the old scripts stays. */
    int checkOutNew() throws IOException {
        int scripts = 0;
        for (Path script : scripts()) {
            if (!isOld(script)) {
                scripts++;
                copy(script);
            }
        }
        return scripts;
    }

    /** Takes the scripts of a module out, as the report of a draft says. */
    void removeScripts(String module) throws IOException {
        try (Stream<Path> files = Files.list(copy.resolve(module))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    void write(String path, String content) throws IOException {
        Path file = copy.resolve(path).normalize();
        if (!file.startsWith(copy)) {
            throw new IllegalArgumentException(path + " leads out of the project");
        }
        Files.writeString(file, content);
    }

    private boolean isOld(Path script) {
        String module = project.relativize(script).getName(0).toString();
        Matcher name = SCRIPT.matcher(script.getFileName().toString());
        return name.matches()
                && OLD.stream()
                        .filter(old -> old.name().equals(module))
                        .anyMatch(old -> Integer.parseInt(name.group(1)) <= Integer.parseInt(old.version()));
    }

    private List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(file ->
                            SCRIPT.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private Path target(Path script) {
        return copy.resolve(project.relativize(script));
    }

    private void copy(Path file) throws IOException {
        Files.createDirectories(target(file).getParent());
        Files.copy(file, target(file));
    }
}
