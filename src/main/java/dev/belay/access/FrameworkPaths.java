package dev.belay.access;

import dev.belay.problem.EdgeAnswers;
import dev.belay.problem.ProblemException;
import dev.belay.problem.TraceId;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Denies by default what the framework answers below {@code /q}: only what probes read and what tells of the API itself is
 * open; the rest, the health of the managed databases among it, is for those who may view all of them.
 */
@ApplicationScoped
class FrameworkPaths {

    private static final Logger LOG = Logger.getLogger(FrameworkPaths.class);
    private static final String ALL = "/q/";
    private static final Set<String> OPEN = Set.of(
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/q/openapi",
            "/q/openapi.json",
            "/q/openapi.yaml",
            "/q/openapi.yml",
            "/q/swagger-ui");
    private static final String PAGES = "/q/swagger-ui/";

    private final AccessConfig config;
    private final IdentityProviderManager identities;
    private final EdgeAnswers answers;
    private final Event<Denied> denials;

    FrameworkPaths(
            AccessConfig config, IdentityProviderManager identities, EdgeAnswers answers, Event<Denied> denials) {
        this.config = config;
        this.identities = identities;
        this.answers = answers;
        this.denials = denials;
    }

    void install(@Observes Filters filters) {
        // Once it can be asked who sent the request.
        filters.register(this::handle, SecurityHandlerPriorities.AUTHORIZATION - 1);
    }

    private void handle(RoutingContext request) {
        String path = request.normalizedPath();
        if (!config.required() || !path.startsWith(ALL) || OPEN.contains(path) || path.startsWith(PAGES)) {
            request.next();
            return;
        }
        // Else the framework answers too, without a body.
        request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        QuarkusHttpUser.getSecurityIdentity(request, identities)
                .map(KnownCaller::of)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithNull()
                .onFailure(OIDCException.class)
                .transform(failure -> Denials.issuerAway())
                .subscribe()
                .with(caller -> decide(request, caller), failure -> answers.fail(request, failure));
    }

    private void decide(RoutingContext request, @Nullable KnownCaller caller) {
        if (caller != null && caller.mayEverywhere(Role.VIEWER)) {
            request.next();
            return;
        }
        ProblemException denied = Denials.because(caller, Role.VIEWER, " for all databases");
        answers.refuse(request, denied);
        var unused = denials.fireAsync(new Denied(
                        caller == null ? Access.ANONYMOUS : caller.name(),
                        caller == null ? "none" : caller.how(),
                        request.request().method().name(),
                        request.normalizedPath(),
                        denied.problem().tracedAs(TraceId.current())))
                .exceptionally(e -> {
                    LOG.errorf(e, "a denial of %s is missing in the audit trail", request.normalizedPath());
                    return null;
                });
    }
}
