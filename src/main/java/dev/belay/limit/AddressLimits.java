package dev.belay.limit;

import dev.belay.problem.EdgeAnswers;
import dev.belay.problem.TooManyException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;

/**
 * What an address may send before it is known who sends it. Tokens that are not good are allowed far less often, so that
 * nobody tries them out or makes Belay look them up for nothing; who was known a short while ago does not notice.
 */
@ApplicationScoped
class AddressLimits {

    private static final int ORDER = 900;
    private static final int FAILURES_PER_SECOND = 1;

    private final Allowance requests;
    private final Allowance failures;
    private final GoodTokens tokens;
    private final EdgeAnswers answers;

    AddressLimits(LimitConfig config, GoodTokens tokens, EdgeAnswers answers) {
        this.requests = new Allowance(config.rate(), config.burst(), System::nanoTime);
        this.failures = new Allowance(FAILURES_PER_SECOND, config.failures(), System::nanoTime);
        this.tokens = tokens;
        this.answers = answers;
    }

    void install(@Observes Filters filters) {
        filters.register(this::handle, ORDER);
    }

    private void handle(RoutingContext request) {
        if (isHealth(request)) {
            request.next();
            return;
        }
        String address = Addresses.of(request.request());
        String credentials = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (credentials != null) {
            request.addEndHandler(ended -> ended(request, address, credentials));
        }
        if (credentials != null && tokens.has(credentials)) {
            request.next();
        } else if (credentials != null && !failures.wait(address).isZero()) {
            refuse(
                    request,
                    "The address " + address + " sent too many tokens that are not good.",
                    failures.wait(address));
        } else {
            Duration wait = requests.take(address);
            if (wait.isZero()) {
                request.next();
            } else {
                refuse(request, "The address " + address + " sends more requests than one may.", wait);
            }
        }
    }

    private void ended(RoutingContext request, String address, String credentials) {
        if (request.response().getStatusCode() == 401) {
            tokens.remove(credentials);
            var unused = failures.take(address);
        }
    }

    private void refuse(RoutingContext request, String what, Duration wait) {
        answers.refuse(request, new TooManyException(what, wait));
    }

    /** Never limited: an orchestrator that hears nothing kills the process. */
    private static boolean isHealth(RoutingContext request) {
        return request.normalizedPath().startsWith("/q/health");
    }
}
