package dev.belay.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.belay.problem.JsonFaults;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a project's folder and says of everything that is wrong with it where it is and what to do. */
final class ProjectReader {

    static final String FILE = "belay.yaml";

    private static final long LARGEST_FILE = 1_000_000;
    private static final String NAME = "[a-z][a-z0-9_-]{0,39}";
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final String project;
    private final Path root;

    private ProjectReader(String project, Path root) {
        this.project = project;
        this.root = root;
    }

    static Project read(String project, Path folder) {
        try {
            return new ProjectReader(project, folder.toRealPath()).read();
        } catch (IOException e) {
            throw ProblemType.PROJECT_INVALID.because(
                    "The folder of the project " + project + " cannot be read: " + folder
                            + ". No database was touched. Check belay.projects." + project + ".path.",
                    e);
        }
    }

    static String moduleFolder(String project, Path folder, String module) {
        try {
            ProjectReader reader = new ProjectReader(project, folder.toRealPath());
            String path =
                    Objects.requireNonNullElse(reader.parse().modules(), List.<ProjectFile.@Nullable ModuleEntry>of())
                            .stream()
                            .filter(entry -> entry != null && module.equals(entry.name()))
                            .map(entry -> Objects.requireNonNull(entry).path())
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(module);
            return reader.root
                    .relativize(reader.folder(module, path))
                    .toString()
                    .replace(File.separatorChar, '/');
        } catch (IOException e) {
            throw ProblemType.PROJECT_INVALID.because(
                    "The folder of the project " + project + " cannot be read: " + folder + ". Nothing was changed.",
                    e);
        }
    }

    private Project read() throws IOException {
        ProjectFile file = parse();
        List<ProjectFile.@Nullable ModuleEntry> entries = file.modules();
        if (entries == null || entries.isEmpty()) {
            throw invalid("it names no modules; it needs at least one, with a name");
        }
        List<ProjectModule> modules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> histories = new HashSet<>();
        for (ProjectFile.ModuleEntry entry : entries) {
            ProjectModule module = module(entry, entries.size() == 1);
            if (!names.add(module.name())) {
                throw invalid("it names the module " + module.name() + " twice");
            }
            if (!histories.add(module.schema() + "." + module.history())) {
                throw invalid(
                        "two modules share the history table " + module.history() + "; each needs one of its own");
            }
            modules.add(module);
        }
        return new Project(
                project,
                ModuleOrder.of(modules, this::invalid),
                new ProjectChecksReader(modules, this::invalid).read(file),
                new ProjectRolesReader(project, this::invalid).read(file),
                new ProjectMaskingReader(this::invalid).read(file));
    }

    private ProjectFile parse() throws IOException {
        Path file = root.resolve(FILE);
        if (Files.size(file) > LARGEST_FILE) {
            throw invalid("it is larger than a megabyte");
        }
        try {
            ProjectFile parsed = isEmpty(file) ? null : YAML.readValue(file.toFile(), ProjectFile.class);
            if (parsed == null) {
                throw invalid("it is empty");
            }
            return parsed;
        } catch (JsonProcessingException e) {
            throw invalid(JsonFaults.describe(e));
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return Files.readString(file).lines().allMatch(line -> line.isBlank() || line.startsWith("#"));
    }

    private ProjectModule module(ProjectFile.@Nullable ModuleEntry entry, boolean only) throws IOException {
        String name = entry == null ? null : entry.name();
        if (entry == null || name == null || !name.matches(NAME)) {
            throw invalid("a module needs a name of lower-case letters, digits, '-' and '_' that begins with a letter;"
                    + " this one has " + name);
        }
        String history = Objects.requireNonNullElse(
                entry.history(), only ? "flyway_schema_history" : "flyway_schema_history_" + name);
        return new ProjectModule(
                name,
                entry.dependsOn() == null ? Set.of() : Set.copyOf(entry.dependsOn()),
                Objects.requireNonNullElse(entry.schema(), "public"),
                history,
                entry.baseline() == null && !only ? "0" : entry.baseline(),
                entry.placeholders() == null ? Map.of() : entry.placeholders(),
                new ScriptReader(name, folder(name, entry.path()), this::invalid).read());
    }

    private Path folder(String module, @Nullable String path) throws IOException {
        Path folder = root.resolve(path == null ? module : path);
        if (!Files.isDirectory(folder)) {
            throw invalid("the module " + module + " has no folder " + root.relativize(folder.normalize()));
        }
        if (!folder.toRealPath().startsWith(root)) {
            throw invalid("the folder of the module " + module + " lies outside the project's folder");
        }
        return folder.toRealPath();
    }

    private ProblemException invalid(String fault) {
        return ProblemType.PROJECT_INVALID.because("The project " + project + " (" + FILE + ") cannot be used: " + fault
                + ". No database was touched. Mend it, then ask again.");
    }
}
