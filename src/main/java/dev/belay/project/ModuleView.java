package dev.belay.project;

import dev.belay.database.ModuleGraph;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A module of a project.
 *
 * @param dependsOn what belay.yaml says that it depends on
 * @param dependencies all that it depends on, by way of others too, in the order in which they are migrated
 * @param dependents the modules that depend on it, by way of others too, in the same order
 * @param latest its newest version; null when it has none
 * @param scripts how many versioned and repeatable scripts it has
 * @param undoScripts how many of its versions have an undo script
 * @param history its history table, with its schema
 * @param baseline the version that a database counts as having which has tables but no history; null for none
 */
@Schema(name = "ProjectModule")
public record ModuleView(
        @Schema(examples = "results") String name,

        @Schema(examples = "[\"exams\", \"students\"]") List<String> dependsOn,

        @Schema(examples = "[\"academics\", \"students\", \"exams\"]")
        List<String> dependencies,

        List<String> dependents,
        @Schema(examples = "3") @Nullable String latest,
        @Schema(examples = "3") int scripts,
        @Schema(examples = "3") int undoScripts,

        @Schema(examples = "public.flyway_schema_history_results")
        String history,

        @Schema(examples = "0") @Nullable String baseline) {

    static ModuleView of(ProjectModule module, ModuleGraph graph) {
        return new ModuleView(
                module.name(),
                graph.declared(module.name()),
                List.copyOf(graph.dependencies(module.name())),
                graph.order().stream()
                        .filter(other -> graph.dependsOn(other, module.name()))
                        .toList(),
                module.latest().map(MigrationVersion::getVersion).orElse(null),
                module.of(Script.Kind.VERSIONED).size()
                        + module.of(Script.Kind.REPEATABLE).size(),
                module.of(Script.Kind.UNDO).size(),
                module.schema() + "." + module.history(),
                module.baseline());
    }
}
