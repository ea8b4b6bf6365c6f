package dev.belay.grant;

import dev.belay.database.ProjectModule;
import dev.belay.database.ProjectRoles;
import dev.belay.draft.Author;
import dev.belay.draft.Commission;
import dev.belay.draft.Desk;
import dev.belay.draft.Draft;
import dev.belay.draft.DraftProof;
import dev.belay.draft.ScriptPair;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Drafts of the kind {@code roles}. */
@ApplicationScoped
class RolesAuthor implements Author<RolesAuthor.Fields> {

    /**
     * What such a request has besides what all have.
     *
     * @param roles the names of the declared groups to write; all unless told
     */
    record Fields(@Nullable @Size(max = 1000) List<@Size(max = 63) String> roles) {

        boolean names(ProjectRoles.Group group) {
            return roles == null || roles.contains(group.name());
        }
    }

    @Override
    public String kind() {
        return "roles";
    }

    @Override
    public Class<Fields> fields() {
        return Fields.class;
    }

    @Override
    public List<Problem.FieldError> faults(Fields fields, Commission commission) {
        List<String> declared = commission.project().roles().groups().stream()
                .map(ProjectRoles.Group::name)
                .toList();
        List<Problem.FieldError> faults = new ArrayList<>();
        List<String> named = Objects.requireNonNullElse(fields.roles(), List.of());
        for (int i = 0; i < named.size(); i++) {
            if (!declared.contains(named.get(i))) {
                faults.add(new Problem.FieldError("#/roles/" + i, "must be one of " + declared));
            }
        }
        return faults;
    }

    @Override
    public Draft write(Fields fields, Desk desk) throws Exception {
        List<ProjectRoles.Group> groups = groups(fields, desk);
        if (groups.isEmpty()) {
            throw ProblemType.INVALID_REQUEST.because(
                    "The project " + desk.project().name()
                            + " declares no roles. Nothing was written. Declare them in belay.yaml, then ask again.");
        }
        List<String> schemas = desk.project().modules().stream()
                .map(ProjectModule::schema)
                .distinct()
                .toList();
        ScriptPair pair = new ScriptPair();
        try (Connection session = desk.live().address().open()) {
            new GrantWriter(session, new Targets(session, schemas), pair).write(groups);
        }
        pair.remark(
                "V makes roles that are not there, for which the role that runs it needs CREATEROLE; else have them made"
                        + " by POST /roles first. U leaves them: they belong to the whole server, and have members.");
        pair.note(
                "Permissions of the application and its superuser are rows, not schema: POST /roles makes them, and tries"
                        + " what each role may do.");
        String name = Objects.requireNonNullElse(desk.commission().request().name(), "roles");
        return new Draft(
                desk.version(
                        desk.module(),
                        name,
                        pair.forward("Gives the roles that belay.yaml declares what they may do."),
                        pair.back("Takes from the roles what the script has given them.")),
                pair.remarks());
    }

    /** Roles come first, as a superuser: those of a scratch server are not asked whether they may make others. */
    @Override
    public DraftProof prove(Fields fields, Desk desk, Draft draft) throws Exception {
        try (Connection session = desk.empty("roles").address().open();
                Statement statement = session.createStatement()) {
            for (ProjectRoles.Group group : groups(fields, desk)) {
                statement.execute(GrantWriter.makeRole(group.role()));
            }
        }
        return Author.super.prove(fields, desk, draft);
    }

    private static List<ProjectRoles.Group> groups(Fields fields, Desk desk) {
        return desk.project().roles().groups().stream().filter(fields::names).toList();
    }
}
