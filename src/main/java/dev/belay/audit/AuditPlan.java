package dev.belay.audit;

import dev.belay.database.Project;
import dev.belay.database.ProjectChecks;
import dev.belay.database.ProjectModule;
import java.util.List;

/**
 * What an audit reads besides what the scripts name, as it was written when the job looked.
 *
 * @param schemas those of the project's modules, in the order of the modules
 */
public record AuditPlan(List<ProjectChecks.Filter> filters, List<String> schemas) {

    public AuditPlan {
        filters = List.copyOf(filters);
        schemas = List.copyOf(schemas);
    }

    public static AuditPlan of(Project project) {
        return new AuditPlan(
                project.checks().filters(),
                project.modules().stream().map(ProjectModule::schema).distinct().toList());
    }
}
