package dev.belay.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * What tells browsers to do no more with an answer than to show it: on every answer, problems and those of the framework
 * too.
 */
@ApplicationScoped
class SecurityHeaders {

    /** Before what refuses requests. */
    private static final int ORDER = 2000;

    private static final String NOTHING =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** What Belay draws has its styles in it, and nothing else. */
    private static final String PAGE = NOTHING + "; style-src 'unsafe-inline'; sandbox";

    /** Swagger UI calls the API, and styles in place what it makes. */
    private static final String SWAGGER_UI = NOTHING
            + "; connect-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'"
            + SwaggerScripts.sources();

    void install(@Observes Filters filters) {
        filters.register(SecurityHeaders::handle, ORDER);
    }

    private static void handle(RoutingContext request) {
        request.addHeadersEndHandler(end -> add(request, request.response().headers()));
        request.next();
    }

    private static void add(RoutingContext request, MultiMap headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Content-Security-Policy", policy(request, headers.get(HttpHeaders.CONTENT_TYPE)));
        if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
            headers.set(
                    HttpHeaders.CACHE_CONTROL, headers.contains(HttpHeaders.ETAG) ? "private, no-cache" : "no-store");
        }
        if ("https".equals(request.request().scheme())) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static String policy(RoutingContext request, @org.jspecify.annotations.Nullable String type) {
        if (request.normalizedPath().startsWith("/q/swagger-ui")) {
            return SWAGGER_UI;
        }
        boolean isPage = type != null && (type.startsWith("text/html") || type.startsWith("image/svg+xml"));
        return isPage ? PAGE : NOTHING;
    }
}
