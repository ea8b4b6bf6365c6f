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

    /** A file that holds an admin's token; by default Belay makes one up at its first start. */
    Optional<Path> adminTokenFile();

    /** What the bearers of OIDC tokens may do, by a name of your choice. */
    Map<String, OidcEntry> oidc();

    /** What those may do whose token has a value in a claim. */
    interface OidcEntry {

        /** The claim. */
        @WithDefault("groups")
        String claim();

        /** What it is, or has among others. */
        String value();

        /** Only in tokens of this issuer. */
        Optional<String> issuer();

        /** GATE, VIEWER, OPERATOR, APPROVER or ADMIN. */
        Role role();

        /** For these databases, or * for all. */
        Optional<Set<String>> databases();

        /** For all databases of these environments. */
        Optional<Set<Environment>> environments();
    }
}
