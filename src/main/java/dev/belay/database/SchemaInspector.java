package dev.belay.database;

import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** Compares a database's history tables with a project's scripts. Only reads. */
public final class SchemaInspector {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private SchemaInspector() {}

    /** The state of every module, in dependency order. */
    public static List<ModuleState> inspect(ManagedDatabase database, Project project)
            throws SQLException, IOException {
        Set<String> atBaseline = new HashSet<>();
        try (Connection session = database.address().open()) {
            for (ProjectModule module : project.modules()) {
                HistoryTable history = new HistoryTable(module);
                history.refuseUndoRows(session);
                if (module.baseline() != null && history.isMissingInUsedSchema(session)) {
                    atBaseline.add(module.name());
                }
            }
        }
        List<ModuleState> states = new ArrayList<>();
        for (ProjectModule module : project.modules()) {
            ModuleState state = inspect(database, module);
            states.add(atBaseline.contains(module.name()) ? state.without(upToBaseline(module)) : state);
        }
        return states;
    }

    /** The scripts that count as applied once Flyway begins a history at the module's baseline. */
    private static List<String> upToBaseline(ProjectModule module) {
        MigrationVersion baseline = MigrationVersion.fromVersion(module.baseline());
        return module.of(Script.Kind.VERSIONED).stream()
                .filter(script -> script.migrationVersion().compareTo(baseline) <= 0)
                .map(Script::file)
                .toList();
    }

    private static ModuleState inspect(ManagedDatabase database, ProjectModule module)
            throws SQLException, IOException {
        try (FlywaySession session = FlywaySession.open(database, module, "belay", LOCK_TIMEOUT)) {
            return state(module, session.flyway().info());
        } catch (FlywayException e) {
            SQLException sql = SqlStates.find(e).orElse(null);
            if (sql != null) {
                throw sql;
            }
            throw ProblemType.HISTORY_NOT_USABLE.because(
                    "Flyway cannot read the history of the module " + module.name() + ": " + e.getMessage()
                            + " Nothing was changed.",
                    e);
        }
    }

    private static ModuleState state(ProjectModule module, MigrationInfoService service) {
        MigrationInfo current = service.current();
        return new ModuleState(
                module.name(),
                current == null || current.getVersion() == null
                        ? null
                        : current.getVersion().getVersion(),
                module.latest().map(MigrationVersion::getVersion).orElse(null),
                files(service, info -> isPending(info.getState())),
                files(service, info -> info.getState().isFailed()),
                files(
                        service,
                        info -> info.isApplied()
                                && info.getState().isResolved()
                                && info.isVersioned()
                                && !info.isChecksumMatching()),
                files(service, SchemaInspector::isUnknown),
                files(service, info -> info.getState() == MigrationState.IGNORED));
    }

    private static boolean isPending(MigrationState state) {
        return state == MigrationState.PENDING || state == MigrationState.OUTDATED;
    }

    private static boolean isUnknown(MigrationInfo info) {
        return info.getState() == MigrationState.MISSING_SUCCESS || info.getState() == MigrationState.FUTURE_SUCCESS;
    }

    private static List<String> files(MigrationInfoService service, Predicate<MigrationInfo> which) {
        return Stream.of(service.all())
                .filter(which)
                .map(info -> info.getScript() == null ? info.getDescription() : info.getScript())
                .toList();
    }
}
