package dev.belay.roles;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.database.ProjectRoles;
import dev.belay.database.Secrets;
import dev.belay.drift.Drift;
import dev.belay.drift.KnownSchemas;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads what is declared, and looks whether its secret is there and the schema is the one that Belay knows. */
@ApplicationScoped
class InspectRolesStep implements Step {

    private final DatabaseRegistry databases;
    private final Secrets secrets;
    private final KnownSchemas known;

    InspectRolesStep(DatabaseRegistry databases, Secrets secrets, KnownSchemas known) {
        this.databases = databases;
        this.secrets = secrets;
        this.known = known;
    }

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Project project = databases.project(database);
        ProjectRoles roles = project.roles();
        if (roles.isEmpty()) {
            throw ProblemType.PREFLIGHT_REFUSED.because(
                    "The project " + project.name() + " declares neither roles nor a"
                            + " superuser. Nothing was changed. Declare them in belay.yaml, then ask again.");
        }
        if (roles.superuser() != null) {
            String unused = secrets.require(roles.superuser().passwordFrom());
        }
        Optional<Drift> drift = known.drift(database, project.modules()).filter(Drift::isThere);
        drift.ifPresent(found -> refuse(found, job));
        job.keep(RolesPlan.of(project));
        job.detail(roles.groups().size() + " groups declared, "
                + (roles.superuser() == null ? "no superuser" : "and the superuser")
                + drift.map(found -> "; the schema is not as the last job left it: " + found.firstFew())
                        .orElse(""));
    }

    private static void refuse(Drift drift, JobContext job) {
        job.result("drift", drift);
        if (drift.stops() && !job.request(RolesRequest.class).acceptsDrift()) {
            throw ProblemType.SCHEMA_DRIFTED.because("The schema was changed since the job " + drift.job()
                    + " left it, by somebody else: " + drift.shown() + ". Nothing was changed now. Find out who did it;"
                    + " or ask again with \"acceptDrift\": true, which takes the schema as it then is for known.");
        }
    }
}
