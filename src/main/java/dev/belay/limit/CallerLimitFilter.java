package dev.belay.limit;

import dev.belay.access.Access;
import dev.belay.problem.TooManyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** What a caller may send whose name is known, from wherever it comes. */
@ApplicationScoped
class CallerLimitFilter {

    private final Allowance requests;
    private final GoodTokens tokens;
    private final Access access;

    CallerLimitFilter(LimitConfig config, GoodTokens tokens, Access access) {
        this.requests = new Allowance(config.rate(), config.burst(), System::nanoTime);
        this.tokens = tokens;
        this.access = access;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    void before(ContainerRequestContext request) {
        String credentials = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        String caller = credentials == null ? null : access.caller();
        if (credentials == null || caller == null) {
            return;
        }
        tokens.add(credentials);
        Duration wait = requests.take(caller);
        if (!wait.isZero()) {
            throw new TooManyException("The caller " + caller + " sends more requests than one may.", wait);
        }
    }
}
