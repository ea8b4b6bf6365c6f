package dev.belay.draft;

import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.catalog.Difference;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.reversal.Structure;
import dev.belay.review.Remark;
import dev.belay.review.Review;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptFailure;
import dev.belay.script.ScriptRunner;
import dev.belay.sql.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries a draft as a migration would run it, on a copy of the live schema without rows: forward, back, forward again. Each
 * time the whole catalog is compared.
 */
public final class Trial {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final Desk desk;
    private final List<Remark> remarks = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    public Trial(Desk desk) {
        this.desk = desk;
    }

    /** What a kind promises of the schema that its draft leads to. */
    public interface Goal {

        /** Nothing but that the scripts run. */
        Goal NONE = reached -> List.of();

        /**
         * What is not as it has to be.
         *
         * @param reached the copy on which the scripts have run forward; has to be left as it is
         */
        List<Difference> missed(ManagedDatabase reached) throws Exception;
    }

    /**
     * Tries all versioned scripts of a draft, and their undo scripts if each has one.
     *
     * @throws ProblemException DRAFT_NOT_PROVEN, with what differs
     */
    public DraftProof run(Draft draft, Goal goal) throws Exception {
        Scope scope = scope(draft);
        ManagedDatabase copy = desk.copy("proof");
        Catalog start = catalog(copy);
        Structure before = structure(copy);
        forward(scope, copy);
        Review review = review(before, copy, draft);
        Catalog reached = catalog(copy);
        require(goal.missed(copy), "forward it does not lead where it has to lead");
        shown.add("Forward: all scripts run on a copy of the live schema, and what the draft promises is there.");
        if (scope.parts().stream().allMatch(part -> part.withoutUndo().isEmpty())) {
            back(scope, copy);
            requireSame(start, catalog(copy), "back it does not lead to the schema there was");
            shown.add("Back: the undo scripts lead to the same schema, object by object.");
            forward(scope, copy);
            requireSame(reached, catalog(copy), "forward again it leads to another schema than the first time");
            shown.add("Forward again: the same schema as the first time.");
        } else {
            shown.add("Back: not every version has an undo script, so that was not tried.");
        }
        fromNothing(scripts(draft));
        return new DraftProof(shown, remarks, review);
    }

    /**
     * A new database gets all scripts module by module, so in another order than the live one got them. That is no reason to
     * refuse a draft for the live one.
     */
    private void fromNothing(Map<String, List<Script>> made) throws Exception {
        List<ProjectModule> old = desk.project().modules();
        Optional<String> failure = failureFromNothing(old.stream()
                .map(module -> with(module, made.getOrDefault(module.name(), List.of())))
                .toList());
        if (failure.isEmpty()) {
            shown.add("A new database: all scripts of all modules run in an empty one.");
        } else if (failureFromNothing(old).isEmpty()) {
            remarks.add(Remark.look(
                    "",
                    "With these scripts no new database can be made any more, since each module's scripts run before those"
                            + " of the next: " + failure.get()
                            + " Move what they change into the module that it belongs to, or let later modules' scripts"
                            + " do with either."));
        }
    }

    /** Why the scripts of a project do not run in an empty database; empty when they do. */
    private Optional<String> failureFromNothing(List<ProjectModule> modules) throws Exception {
        try {
            Chain chain = Chain.in(desk.empty("nothing"), desk.job());
            for (ProjectModule module : modules) {
                chain.run(module);
            }
            return Optional.empty();
        } catch (ProblemException e) {
            if (e.type() != ProblemType.DRAFT_NOT_PROVEN) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Structure structure(ManagedDatabase copy) throws SQLException {
        try (Connection session = copy.address().open()) {
            return Structure.read(session, desk.commission().histories());
        }
    }

    private Review review(Structure before, ManagedDatabase copy, Draft draft) throws SQLException {
        List<Source> scripts = draft.files().stream()
                .filter(file -> file.script().isPresent())
                .map(file -> new Source(String.valueOf(file.module()), file.path(), file.content()))
                .toList();
        try (Connection session = copy.address().open()) {
            Structure after = Structure.read(session, desk.commission().histories());
            return Review.of(before, after, session, scripts);
        }
    }

    private Scope scope(Draft draft) {
        Map<String, List<Script>> made = scripts(draft);
        List<Scope.Part> parts = new ArrayList<>();
        for (ProjectModule module : desk.project().modules()) {
            List<Script> scripts = made.getOrDefault(module.name(), List.of());
            if (!scripts.isEmpty()) {
                parts.add(part(module, scripts));
            }
        }
        return new Scope(parts);
    }

    /** By the names of their modules. */
    private static Map<String, List<Script>> scripts(Draft draft) {
        Map<String, List<Script>> made = new LinkedHashMap<>();
        for (DraftFile file : draft.files()) {
            file.script()
                    .ifPresent(script -> made.computeIfAbsent(String.valueOf(file.module()), name -> new ArrayList<>())
                            .add(script));
        }
        return made;
    }

    private static Scope.Part part(ProjectModule module, List<Script> made) {
        ProjectModule with = with(module, made);
        List<Script> versions = made.stream()
                .filter(script -> script.kind() == Script.Kind.VERSIONED)
                .toList();
        return new Scope.Part(
                with,
                module.latest().map(Object::toString).orElse(null),
                versions.get(versions.size() - 1).version(),
                versions.stream().map(Script::file).toList());
    }

    private static ProjectModule with(ProjectModule module, List<Script> made) {
        List<Script> all = new ArrayList<>(module.scripts());
        all.addAll(made);
        return Chain.with(module, all);
    }

    private void forward(Scope scope, ManagedDatabase copy) {
        for (Scope.Part part : scope.parts()) {
            desk.job().progress(0.5, "trying " + part.shown());
            tried("forward", () -> runner(copy).forward(part));
        }
    }

    private void back(Scope scope, ManagedDatabase copy) {
        for (Scope.Step step : scope.newestFirst()) {
            desk.job().progress(0.7, "trying the way back of " + step.shown());
            tried(
                    "back",
                    () -> runner(copy)
                            .back(step.module(), step.version(), new ScriptRunner.Hooks(session -> {}, session -> {})));
        }
    }

    private ScriptRunner runner(ManagedDatabase copy) {
        return new ScriptRunner(copy, "belay " + desk.job().jobId(), LOCK_TIMEOUT, desk.job());
    }

    private interface Action {
        void run() throws Exception;
    }

    private void tried(String direction, Action action) {
        try {
            action.run();
        } catch (Exception e) {
            desk.job().check();
            throw new ProblemException(
                    ProblemType.DRAFT_NOT_PROVEN,
                    "The draft is not offered: on a copy without rows, " + direction + ", " + ScriptFailure.describe(e)
                            + " The database itself was only read.",
                    e);
        }
    }

    /** The catalog of a copy as far as it counts. */
    private Catalog catalog(ManagedDatabase copy) throws SQLException {
        try (Connection session = copy.address().open()) {
            return desk.commission().comparison().of(CatalogReader.read(session));
        }
    }

    /** The order of columns aside, which no ALTER can change. */
    private void requireSame(Catalog expected, Catalog found, String otherwise) {
        List<Difference> differences = expected.differences(found);
        List<Difference> others = differences.stream()
                .filter(difference -> !ColumnOrder.isAll(difference))
                .toList();
        require(others, otherwise);
        for (Difference difference : differences) {
            Remark remark = ColumnOrder.remark(difference);
            if (!remarks.contains(remark)) {
                remarks.add(remark);
            }
        }
    }

    private static void require(List<Difference> none, String otherwise) {
        if (!none.isEmpty()) {
            throw ProblemType.DRAFT_NOT_PROVEN.because("The draft is not offered: tried on a copy without rows, "
                    + otherwise + ": " + GoldenCopies.shown(none) + " The database itself was only read.");
        }
    }
}
