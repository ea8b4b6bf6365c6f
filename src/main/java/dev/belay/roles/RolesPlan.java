package dev.belay.roles;

import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.ProjectRoles;
import java.util.List;

/**
 * What is to be made, as it was declared when the job looked.
 *
 * @param schemas those of the project's modules, in which names are looked for first
 * @param timeoutMillis how long all trials together may take
 */
record RolesPlan(String project, ProjectRoles roles, List<String> schemas, long timeoutMillis) {

    RolesPlan {
        schemas = List.copyOf(schemas);
    }

    static RolesPlan of(Project project) {
        return new RolesPlan(
                project.name(),
                project.roles(),
                project.modules().stream().map(ProjectModule::schema).distinct().toList(),
                project.checks().timeout().toMillis());
    }
}
