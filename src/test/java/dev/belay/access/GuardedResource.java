package dev.belay.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Callers have to say who they are. For tests that are annotated with it, beside BelayTestResource. */
public class GuardedResource implements QuarkusTestResourceLifecycleManager {

    /** An admin's token, as GitOps would mount it. */
    public static final String ADMIN = TokenText.draw();

    private final OidcIssuer issuer = new OidcIssuer();

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("belay.access.required", "true"),
                Map.entry("belay.access.admin-token-file", file().toString()),
                Map.entry("belay.access.oidc.operators.group", "/school/operators"),
                Map.entry("belay.access.oidc.operators.role", "OPERATOR"),
                Map.entry("belay.access.oidc.operators.environments", "DEVELOPMENT"),
                Map.entry("quarkus.oidc.tenant-enabled", "true"),
                Map.entry("quarkus.oidc.auth-server-url", issuer.start()),
                Map.entry("quarkus.oidc.token.audience", OidcIssuer.AUDIENCE));
    }

    /** After BelayTestResource, which says that they do not have to. */
    @Override
    public int order() {
        return 1;
    }

    private static Path file() {
        try {
            return Files.writeString(Files.createTempFile("belay-test-token-", ""), ADMIN + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        issuer.stop();
    }
}
