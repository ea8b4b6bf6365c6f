package dev.belay.draft;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.run.JobContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets a job's desk up, the same in all its steps. */
@ApplicationScoped
class Desks {

    private final Kinds kinds;
    private final DatabaseRegistry databases;
    private final Copies copies;
    private final Clock clock;

    Desks(Kinds kinds, DatabaseRegistry databases, Copies copies, Clock clock) {
        this.kinds = kinds;
        this.databases = databases;
        this.copies = copies;
        this.clock = clock;
    }

    /** The project as it was when the job looked. */
    record Basis(Project project, Map<String, String> folders, Map<String, String> current, Instant at) {
        Basis {
            folders = Map.copyOf(folders);
            current = Map.copyOf(current);
        }
    }

    Commission look(JobContext job) throws Exception {
        Commission commission = kinds.commission(job.request(DraftRequest.class));
        Map<String, String> folders = new HashMap<>();
        for (ProjectModule module : commission.project().modules()) {
            folders.put(module.name(), databases.moduleFolder(commission.live(), module.name()));
        }
        Map<String, String> current = new HashMap<>();
        List<ModuleState> states = commission.states();
        for (ModuleState state : states) {
            String version = state.current();
            if (version != null) {
                current.put(state.module(), version);
            }
        }
        job.keep(new Basis(commission.project(), folders, current, clock.instant()));
        return commission;
    }

    Desk of(JobContext job) {
        Basis basis = job.need(Basis.class);
        return new Desk(
                kinds.commission(job.request(DraftRequest.class), basis.project()),
                copies,
                new Desk.Places(basis.folders(), basis.current(), basis.at()),
                job);
    }
}
