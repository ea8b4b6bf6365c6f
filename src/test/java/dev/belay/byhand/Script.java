package dev.belay.byhand;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.Run;
import dev.belay.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** One of the scripts that a migration left, where it lies. */
record Script(Path file) {

    /** What a script printed, and how it ended. */
    record Said(int exit, String out, String err) {}

    /** @param name rollback or restore */
    static Script of(Run run, String name) {
        return new Script(Path.of(run.result("byHand." + name)));
    }

    Path folder() {
        return Objects.requireNonNull(file.getParent());
    }

    Path archive() {
        String name = String.valueOf(folder().getFileName());
        return folder().resolveSibling(name.replace(".by-hand", ""));
    }

    /** One with something else in it, beside this one. */
    Script changed(String from, String to) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(from)) {
            throw new IllegalStateException(file + " has no " + from);
        }
        Path changed = file.resolveSibling("changed.sh");
        Files.copy(file, changed, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(changed, text.replace(from, to));
        return new Script(changed);
    }

    /** Runs it as a person at a terminal would who has a password and a PGDATABASE of other work. */
    Said run(TestDatabase database, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(file.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder().toFile());
        builder.environment()
                .put("PGPASSWORD", String.valueOf(database.address().server().password()));
        builder.environment().put("PGDATABASE", "no such database");
        Path errors = Files.createTempFile("byhand", ".err");
        Process process = builder.redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        Said said = new Said(process.waitFor(), out, Files.readString(errors));
        Files.delete(errors);
        return said;
    }
}
