package dev.belay.rehearsal;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.ownership.Makers;
import dev.belay.run.JobContext;
import dev.belay.scope.AppliedOrder;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Runs on an empty database what was applied to another: first what counts there as applied by a baseline, then each version
 * in the order in which it was, at last the repeatable scripts.
 */
final class Replay {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final ManagedDatabase empty;
    private final Project project;
    private final AppliedOrder order;
    private final JobContext job;
    private final ScriptRunner runner;

    Replay(ManagedDatabase empty, Project project, AppliedOrder order, JobContext job) {
        this.empty = empty;
        this.project = project;
        this.order = order;
        this.job = job;
        this.runner = new ScriptRunner(empty, "belay " + job.jobId(), LOCK_TIMEOUT, job);
    }

    void run(Makers makers) throws Exception {
        job.progress(
                0.5,
                "finding out on an empty database which module made what: "
                        + empty.address().name());
        for (Scope.Part run : scope().runs()) {
            forward(run, makers);
        }
        for (ProjectModule module : project.modules()) {
            if (!module.of(Script.Kind.REPEATABLE).isEmpty()) {
                forward(part(module.withScripts(scripts(module, script -> isApplied(module, script)))), makers);
            }
        }
    }

    private void forward(Scope.Part part, Makers makers) throws Exception {
        job.check();
        runner.forward(part);
        makers.after(part.module().name());
    }

    private Scope scope() {
        List<Scope.Part> parts = new ArrayList<>();
        List<Scope.Place> places = new ArrayList<>();
        for (ProjectModule module : project.modules()) {
            ProjectModule applied = module.withScripts(
                    scripts(module, script -> script.version() != null && isApplied(module, script)));
            parts.add(part(applied));
            applied.of(Script.Kind.VERSIONED).stream()
                    .filter(script -> isBelowHistory(module, script))
                    .forEach(script -> places.add(place(module, script)));
        }
        List<Scope.Place> run = order.all().stream()
                .filter(place -> parts.stream().anyMatch(part -> has(part, place)))
                .filter(place -> !places.contains(place))
                .toList();
        places.addAll(run);
        return new Scope(
                parts.stream().filter(part -> !part.versions().isEmpty()).toList(), places);
    }

    private static boolean has(Scope.Part part, Scope.Place place) {
        return part.module().name().equals(place.module())
                && part.versions().contains(MigrationVersion.fromVersion(place.version()));
    }

    private static Scope.Place place(ProjectModule module, Script script) {
        return new Scope.Place(module.name(), Objects.requireNonNull(script.version()));
    }

    /** Applied by a script, or taken for applied by a baseline. */
    private boolean isApplied(ProjectModule module, Script script) {
        return script.kind() == Script.Kind.REPEATABLE
                || isBelowHistory(module, script)
                || order.of(module.name()).stream()
                        .anyMatch(installed -> installed.version().equals(script.migrationVersion()));
    }

    /** What a baseline takes for applied is in no history; where scripts of it are, it was no baseline that applied them. */
    private boolean isBelowHistory(ProjectModule module, Script script) {
        return module.baseline() != null
                && script.migrationVersion().compareTo(MigrationVersion.fromVersion(module.baseline())) <= 0
                && order.of(module.name()).stream()
                        .noneMatch(installed -> installed.version().equals(script.migrationVersion()));
    }

    private static List<Script> scripts(ProjectModule module, Predicate<Script> wanted) {
        return module.scripts().stream()
                .filter(script -> script.kind() != Script.Kind.UNDO)
                .filter(wanted)
                .toList();
    }

    private static Scope.Part part(ProjectModule module) {
        return new Scope.Part(
                module,
                null,
                module.latest().map(MigrationVersion::getVersion).orElse(null),
                module.scripts().stream().map(Script::file).toList());
    }
}
