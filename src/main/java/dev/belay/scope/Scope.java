package dev.belay.scope;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a job has to do, with the scripts as they were when it looked: kept as evidence, so that nothing it runs later can
 * differ from what it rehearsed.
 *
 * @param parts the modules with something to do, in the order of their dependencies
 * @param order the versions in the order in which they were applied, where that is not module by module; else empty
 */
public record Scope(List<Part> parts, List<Place> order) {

    @JsonCreator
    public Scope {
        parts = List.copyOf(parts);
        order = List.copyOf(order);
    }

    /** One that is gone through module by module. */
    public Scope(List<Part> parts) {
        this(parts, List.of());
    }

    /** A version of a module, by name. */
    public record Place(String module, String version) {}

    /**
     * One module.
     *
     * @param module with its scripts
     * @param from the version it has now; null for none
     * @param to the version it gets; null for none, or when only repeatable scripts run
     * @param files what is run, in order
     */
    public record Part(
            ProjectModule module,
            @Nullable String from,
            @Nullable String to,
            List<String> files) {

        public Part {
            files = List.copyOf(files);
        }

        /** The versions that are applied, oldest first. */
        public List<MigrationVersion> versions() {
            return module.of(Script.Kind.VERSIONED).stream()
                    .filter(script -> files.contains(script.file()))
                    .map(Script::migrationVersion)
                    .toList();
        }

        /** The module as Flyway is to run it: where its first scripts are to be run, no baseline counts them as applied. */
        public ProjectModule forFlyway() {
            MigrationVersion baseline =
                    module.baseline() == null ? null : MigrationVersion.fromVersion(module.baseline());
            return baseline != null && versions().stream().anyMatch(version -> version.compareTo(baseline) <= 0)
                    ? module.withBaseline("0")
                    : module;
        }

        public Optional<MigrationVersion> target() {
            return Optional.ofNullable(to).map(MigrationVersion::fromVersion);
        }

        /** The versions that nobody wrote an undo script for. */
        public List<String> withoutUndo() {
            return versions().stream()
                    .filter(version -> module.undoOf(version).isEmpty())
                    .map(version -> module.name() + " " + version)
                    .toList();
        }

        /** Whether all that is run has versions: a repeatable script has no way back but its older text. */
        public boolean hasOnlyVersions() {
            return versions().size() == files.size();
        }

        /** Such as {@code madaris 1 → 2}. */
        public String shown() {
            return module.name() + " " + Objects.requireNonNullElse(from, "nothing") + " → "
                    + Objects.requireNonNullElse(to, "nothing");
        }
    }

    /** One version of one module. */
    public record Step(ProjectModule module, MigrationVersion version) {
        public String shown() {
            return module.name() + " " + version;
        }
    }

    /** All versions in the order in which they are taken back: exactly the reverse of that in which they were applied. */
    public List<Step> newestFirst() {
        List<Step> steps = new ArrayList<>();
        for (Part run : runs()) {
            run.versions().forEach(version -> steps.add(new Step(run.module(), version)));
        }
        Collections.reverse(steps);
        return steps;
    }

    /** What is done one after the other on the way forward: the parts, cut into pieces where modules take turns. */
    public List<Part> runs() {
        if (order.isEmpty()) {
            return parts;
        }
        List<Part> runs = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            Part piece = piece(i);
            Part last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
            if (last != null && last.module().equals(piece.module())) {
                List<String> files = new ArrayList<>(last.files());
                files.addAll(piece.files());
                runs.set(runs.size() - 1, new Part(last.module(), last.from(), piece.to(), files));
            } else {
                runs.add(piece);
            }
        }
        parts.stream().filter(part -> part.versions().isEmpty()).forEach(runs::add);
        return runs;
    }

    /** One version of the order; the last of a module with its repeatable scripts. */
    private Part piece(int place) {
        String name = order.get(place).module();
        String version = order.get(place).version();
        Part part = parts.stream()
                .filter(candidate -> candidate.module().name().equals(name))
                .findFirst()
                .orElseThrow();
        String from = order.subList(0, place).stream()
                .filter(earlier -> earlier.module().equals(name))
                .reduce((first, second) -> second)
                .map(Place::version)
                .orElse(part.from());
        boolean isLast = order.subList(place + 1, order.size()).stream()
                .noneMatch(later -> later.module().equals(name));
        List<String> files = part.module().scripts().stream()
                .filter(script -> part.files().contains(script.file()))
                .filter(script ->
                        script.version() == null ? isLast : script.version().equals(version))
                .map(Script::file)
                .toList();
        return new Part(part.module(), from, version, files);
    }

    /** The same versions the other way round: what leads forward again after they were taken back. */
    public Scope reversed() {
        return with(part -> new Part(part.module(), part.to(), part.from(), part.files()));
    }

    /** The same with other modules, such as ones that have more scripts. */
    public Scope with(UnaryOperator<Part> change) {
        return new Scope(parts.stream().map(change).toList(), order);
    }

    public List<ProjectModule> modules() {
        return parts.stream().map(Part::module).toList();
    }

    /** All parts on one line. */
    public String shown() {
        return String.join(", ", parts.stream().map(Part::shown).toList());
    }
}
