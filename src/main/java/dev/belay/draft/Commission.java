package dev.belay.draft;

import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.SchemaInspector;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Comparison;
import dev.belay.scope.ScopeFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a draft is asked for.
 *
 * @param live the database; only read
 * @param project as its folder said it was when the job looked
 * @param folder the project's folder
 */
public record Commission(DraftRequest request, ManagedDatabase live, Project project, Path folder) {

    /** The module that the files are for: the one that is named, else the first. */
    public ProjectModule module() {
        return request.module() == null ? project.modules().get(0) : project.module(request.module());
    }

    /** What the files are named after. */
    public String name() {
        return Objects.requireNonNullElse(request.name(), request.kind());
    }

    /** The history tables of all modules and what they were before a squash, such as {@code public.flyway_schema_history}, unquoted. */
    public Set<String> histories() {
        return histories(project);
    }

    public static Set<String> histories(Project of) {
        return of.modules().stream()
                .flatMap(module -> new HistoryTable(module).withArchives().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What counts when two states of the database are compared. */
    public Comparison comparison() {
        return new Comparison(project.modules());
    }

    /** How far each module has come in the live database; refuses one whose history and files contradict each other. */
    public List<ModuleState> states() throws SQLException, IOException {
        List<ModuleState> states = SchemaInspector.inspect(live, project);
        states.forEach(ScopeFinder::requireUsable);
        return states;
    }

    /**
     * Refuses a database that scripts of the project are still to be applied to.
     *
     * @throws dev.belay.problem.ProblemException PREFLIGHT_REFUSED, with the files
     */
    public void requireNothingPending() throws SQLException, IOException {
        List<String> pending = new ArrayList<>();
        for (ModuleState state : states()) {
            state.pending().forEach(file -> pending.add(state.module() + "/" + file));
        }
        if (!pending.isEmpty()) {
            throw ProblemType.PREFLIGHT_REFUSED.because(
                    "The project has scripts that are not applied to " + live.name() + ": " + String.join(", ", pending)
                            + ". A draft is written from the live schema and would come after them. Nothing was changed."
                            + " Apply them, or take them out of the project, then ask again.");
        }
    }
}
