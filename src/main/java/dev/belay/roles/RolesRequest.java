package dev.belay.roles;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where to make the roles that the project declares.
 *
 * @param database a managed database, by its name in the configuration
 * @param dryRun whether everything is tried and rolled back, and only said
 * @param prune whether grants, policies and permissions that declared or former roles have beyond the declaration are taken
 *     away; groups, PostgreSQL roles and users never are
 * @param promoteExisting whether a user who is there and is no active superuser may be made one
 * @param acceptDrift whether to go on although the schema is not as the last job left it and the policy is to stop
 */
public record RolesRequest(
        @NotBlank @Size(max = 63) @Schema(examples = "sims") String database,

        @Nullable Boolean dryRun,
        @Nullable Boolean prune,
        @Nullable Boolean promoteExisting,
        @Nullable Boolean acceptDrift) {

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    boolean prunes() {
        return Boolean.TRUE.equals(prune);
    }

    boolean promotes() {
        return Boolean.TRUE.equals(promoteExisting);
    }

    boolean acceptsDrift() {
        return Boolean.TRUE.equals(acceptDrift);
    }
}
