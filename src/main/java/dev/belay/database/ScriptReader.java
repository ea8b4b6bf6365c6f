package dev.belay.database;

import dev.belay.problem.ProblemException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Reads the scripts of one module by Flyway's naming rules. A file that looks like a script but is none is refused. */
final class ScriptReader {

    /** More than any script that a person wrote; data of this size does not belong into a migration. */
    static final long LARGEST_SCRIPT = 16L * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("([VU])([0-9][0-9._]*)__(.+)\\.sql|(R)__(.+)\\.sql");

    private final String module;
    private final Path folder;
    private final Function<String, ProblemException> invalid;

    ScriptReader(String module, Path folder, Function<String, ProblemException> invalid) {
        this.module = module;
        this.folder = folder;
        this.invalid = invalid;
    }

    List<Script> read() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> candidates = files.filter(
                            file -> file.getFileName().toString().endsWith(".sql"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            List<Script> scripts = new java.util.ArrayList<>();
            for (Path file : candidates) {
                scripts.add(script(file));
            }
            scripts.sort(Comparator.comparing(Script::kind).thenComparing(ScriptReader::byVersion));
            checkVersions(scripts);
            return scripts;
        }
    }

    private static int byVersion(Script left, Script right) {
        return left.kind() == Script.Kind.REPEATABLE
                ? left.description().compareTo(right.description())
                : left.migrationVersion().compareTo(right.migrationVersion());
    }

    private Script script(Path file) throws IOException {
        String shown = folder.relativize(file).toString().replace(File.separatorChar, '/');
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw invalid.apply(
                    "in the module " + module + " the file " + shown
                            + " is not named like a script (V2__what_it_does.sql, U2__….sql, R__….sql), so it would be left out");
        }
        String sql = content(file, shown);
        Path configuration = file.resolveSibling(file.getFileName() + ".conf");
        String settings = Files.isRegularFile(configuration) ? content(configuration, shown + ".conf") : null;
        if (name.group(4) != null) {
            return new Script(Script.Kind.REPEATABLE, shown, null, words(name.group(5)), sql, settings);
        }
        Script.Kind kind = name.group(1).equals("V") ? Script.Kind.VERSIONED : Script.Kind.UNDO;
        return new Script(kind, shown, version(name.group(2), shown), words(name.group(3)), sql, settings);
    }

    private String version(String text, String file) {
        try {
            return MigrationVersion.fromVersion(text).getVersion();
        } catch (FlywayException e) {
            throw invalid.apply("in the module " + module + " the file " + file + " has no version that can be read");
        }
    }

    private static String words(String description) {
        return description.replace('_', ' ');
    }

    private String content(Path file, String shown) throws IOException {
        if (!file.toRealPath().startsWith(folder)) {
            throw invalid.apply("in the module " + module + " the file " + shown + " lies outside the module's folder");
        }
        if (Files.size(file) > LARGEST_SCRIPT) {
            throw invalid.apply("in the module " + module + " the file " + shown + " is larger than "
                    + (LARGEST_SCRIPT >> 20) + " MiB; load data of this size in another way than by a migration");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw invalid.apply("in the module " + module + " the file " + shown + " is not UTF-8");
        }
    }

    /** As Flyway compares them: 1.0 is 1. */
    private record Key(Script.Kind kind, Object name) {
        static Key of(Script script) {
            return new Key(
                    script.kind(),
                    script.kind() == Script.Kind.REPEATABLE ? script.description() : script.migrationVersion());
        }
    }

    private void checkVersions(List<Script> scripts) {
        Map<Key, String> seen = new HashMap<>();
        for (Script script : scripts) {
            @Nullable String other = seen.put(Key.of(script), script.file());
            if (other != null) {
                throw invalid.apply("in the module " + module + " the files " + other + " and " + script.file()
                        + " have the same " + (script.kind() == Script.Kind.REPEATABLE ? "name" : "version"));
            }
        }
        for (Script script : scripts) {
            if (script.kind() == Script.Kind.UNDO
                    && !seen.containsKey(new Key(Script.Kind.VERSIONED, script.migrationVersion()))) {
                throw invalid.apply("in the module " + module + " the undo script " + script.file()
                        + " has no versioned script of the same version");
            }
        }
    }
}
