package dev.belay.access;

import dev.belay.problem.ProblemType;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Denies by default: an endpoint that does not say what it needs, and one that answers without having asked, answer nobody. */
class AccessFilter {

    private final Access access;

    AccessFilter(Access access) {
        this.access = access;
    }

    @ServerRequestFilter
    void before(ResourceInfo endpoint) {
        if (endpoint.getResourceMethod().isAnnotationPresent(Open.class)) {
            access.open();
            return;
        }
        Needs needs = endpoint.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) {
            throw ProblemType.FORBIDDEN.because("This path is open to nobody. Nothing was done.");
        }
        access.begin(needs);
    }

    @ServerResponseFilter
    void after(ContainerRequestContext request, ContainerResponseContext answer) {
        // OPTIONS is answered by the framework with what the OpenAPI document tells everybody; no endpoint has it.
        if (answer.getStatus() < 400 && !request.getMethod().equals(HttpMethod.OPTIONS) && !access.isDecided()) {
            throw new IllegalStateException(
                    request.getMethod() + " " + request.getUriInfo().getPath() + " was answered without a decision");
        }
    }
}
