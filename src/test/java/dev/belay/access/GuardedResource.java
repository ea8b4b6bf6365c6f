package dev.belay.access;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Callers have to say who they are. For tests that are annotated with it, beside BelayTestResource. */
public class GuardedResource implements QuarkusTestResourceLifecycleManager {

    /** An admin's token, as GitOps would mount it. */
    public static final String ADMIN = TokenText.draw();

    private final OidcIssuer issuer = new OidcIssuer();

    @Override
    public int order() {
        // after BelayTestResource, which asks nobody
        return 1;
    }

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("belay.access.required", "true"),
                Map.entry("belay.access.admin-token-file", file().toString()),
                Map.entry("belay.access.oidc.operators.value", "/school/operators"),
                Map.entry("belay.access.oidc.operators.role", "OPERATOR"),
                Map.entry("belay.access.oidc.operators.environments", "DEVELOPMENT"),
                Map.entry("belay.access.oidc.readers.claim", "realm_access/roles"),
                Map.entry("belay.access.oidc.readers.value", "reader"),
                Map.entry("belay.access.oidc.readers.role", "VIEWER"),
                Map.entry("belay.access.oidc.readers.databases", "*"),
                Map.entry("belay.access.oidc.pods.claim", "sub"),
                Map.entry("belay.access.oidc.pods.value", "system:serviceaccount:school:deployer"),
                Map.entry("belay.access.oidc.pods.role", "GATE"),
                Map.entry("belay.access.oidc.pods.databases", "*"),
                Map.entry("belay.access.oidc.elsewhere.issuer", "https://elsewhere.example"),
                Map.entry("belay.access.oidc.elsewhere.value", "/school/teachers"),
                Map.entry("belay.access.oidc.elsewhere.role", "ADMIN"),
                Map.entry("belay.access.oidc.elsewhere.databases", "*"),
                Map.entry("quarkus.oidc.tenant-enabled", "true"),
                Map.entry("quarkus.oidc.auth-server-url", issuer.start()),
                Map.entry("quarkus.oidc.token.audience", OidcIssuer.AUDIENCE));
    }

    /** Makes a token over HTTP and returns its text. */
    public static String token(String subject, Map<String, ?> grant) {
        return given().header("Authorization", "Bearer " + ADMIN)
                .contentType(ContentType.JSON)
                .body(Map.of("subject", subject, "grants", List.of(grant)))
                .post("/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
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
