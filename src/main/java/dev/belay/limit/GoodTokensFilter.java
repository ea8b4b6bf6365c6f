package dev.belay.limit;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Remembers whose a token is that turned out to be good. */
class GoodTokensFilter {

    private final GoodTokens tokens;
    private final Callers callers;

    GoodTokensFilter(GoodTokens tokens, Callers callers) {
        this.tokens = tokens;
        this.callers = callers;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    void before(ContainerRequestContext request) {
        String credentials = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        String caller = credentials == null ? null : callers.known();
        if (credentials != null && caller != null) {
            tokens.add(credentials, caller);
        }
    }
}
