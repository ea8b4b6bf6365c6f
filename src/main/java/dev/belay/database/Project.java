package dev.belay.database;

import dev.belay.problem.ProblemType;
import java.util.List;

/**
 * A project as its folder says it is.
 *
 * @param modules in an order in which each comes after those it depends on
 * @param checks what it wants counted and asked
 * @param roles who may do what
 * @param masking what becomes of its columns when rows leave for a lower environment
 */
public record Project(
        String name, List<ProjectModule> modules, ProjectChecks checks, ProjectRoles roles, ProjectMasking masking) {

    public Project {
        modules = List.copyOf(modules);
    }

    /** One that has nothing to check, and no roles. */
    public Project(String name, List<ProjectModule> modules) {
        this(name, modules, ProjectChecks.NONE, ProjectRoles.NONE, ProjectMasking.NONE);
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
