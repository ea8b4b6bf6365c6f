package dev.belay.database;

import dev.belay.problem.ProblemType;
import java.util.List;

/**
 * A project as its folder says it is.
 *
 * @param modules in an order in which each comes after those it depends on
 */
public record Project(String name, List<ProjectModule> modules) {

    public Project {
        modules = List.copyOf(modules);
    }

    /**
     * Finds a module.
     *
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when the project has none of this name
     */
    public ProjectModule module(String module) {
        return modules.stream()
                .filter(candidate -> candidate.name().equals(module))
                .findFirst()
                .orElseThrow(() -> ProblemType.INVALID_REQUEST.because(
                        "The project " + name + " has no module \"" + module + "\"; it has "
                                + modules.stream().map(ProjectModule::name).toList() + "."));
    }
}
