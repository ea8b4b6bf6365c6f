package dev.belay.scope;

import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a job has to do, with the scripts as they were when it looked: kept as evidence, so that nothing it runs later can
 * differ from what it rehearsed.
 *
 * @param parts the modules with something to do, in the order in which it is done
 */
public record Scope(List<Part> parts) {

    public Scope {
        parts = List.copyOf(parts);
    }

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

    /** All versions in the order in which they are taken back. */
    public List<Step> newestFirst() {
        List<Step> steps = new ArrayList<>();
        for (Part part : parts) {
            part.versions().forEach(version -> steps.add(new Step(part.module(), version)));
        }
        Collections.reverse(steps);
        return steps;
    }

    /** The same versions the other way round: what leads forward again after they were taken back. */
    public Scope reversed() {
        return new Scope(parts.stream()
                .map(part -> new Part(part.module(), part.to(), part.from(), part.files()))
                .toList());
    }

    public List<ProjectModule> modules() {
        return parts.stream().map(Part::module).toList();
    }

    /** All parts on one line. */
    public String shown() {
        return String.join(", ", parts.stream().map(Part::shown).toList());
    }
}
