package dev.belay.access;

import dev.belay.database.Environment;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may do what. */
@ConfigMapping(prefix = "belay.access")
public interface AccessConfig {

    /** Whether callers have to say who they are. Only on the loopback address may they not. */
    @WithDefault("true")
    boolean required();

    /** A file that holds the first admin's token; by default Belay makes one up. */
    Optional<Path> adminTokenFile();

    /** The claim of an OIDC token that names the caller's groups. */
    @WithDefault("groups")
    String oidcClaim();

    /** What the members of groups may do, by a name of your choice. */
    Map<String, GroupEntry> oidc();

    /** What the members of a group may do. */
    interface GroupEntry {

        /** The group, as the claim has it. */
        String group();

        /** GATE, VIEWER, OPERATOR, APPROVER or ADMIN. */
        Role role();

        /** For these databases alone. */
        Optional<Set<String>> databases();

        /** For all databases of these environments. */
        Optional<Set<Environment>> environments();
    }
}
