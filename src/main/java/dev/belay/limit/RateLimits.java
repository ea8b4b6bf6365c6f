package dev.belay.limit;

import dev.belay.problem.EdgeAnswers;
import dev.belay.problem.TooManyException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may send, from wherever it comes, and what an address may send before it is known who sends it. Tokens that
 * are not good are allowed far less often, so that nobody tries them out or makes Belay look them up for nothing; who was
 * known a short while ago does not notice. What is over costs neither a thread nor a look at the database.
 */
@ApplicationScoped
class RateLimits {

    private static final int ORDER = 900;
    private static final int FAILURES_PER_SECOND = 1;

    private final Allowance callers;
    private final Allowance addresses;
    private final Allowance failures;
    private final GoodTokens tokens;
    private final EdgeAnswers answers;

    RateLimits(LimitConfig config, GoodTokens tokens, EdgeAnswers answers) {
        this.callers = new Allowance(config.rate(), config.burst(), System::nanoTime);
        this.addresses = new Allowance(config.rate(), config.burst(), System::nanoTime);
        this.failures = new Allowance(FAILURES_PER_SECOND, config.failures(), System::nanoTime);
        this.tokens = tokens;
        this.answers = answers;
    }

    void install(@Observes Filters filters) {
        filters.register(this::handle, ORDER);
    }

    private void handle(RoutingContext request) {
        TooManyException over = isHealth(request) ? null : over(request);
        if (over == null) {
            request.next();
        } else {
            answers.refuse(request, over);
        }
    }

    private @Nullable TooManyException over(RoutingContext request) {
        String address = Addresses.of(request.request());
        String credentials = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (credentials == null) {
            return over(addresses, address, "The address ");
        }
        request.addEndHandler(ended -> ended(request, address, credentials));
        String caller = tokens.callerOf(credentials);
        if (caller != null) {
            return over(callers, caller, "The caller ");
        }
        Duration wait = failures.wait(address);
        return wait.isZero()
                ? over(addresses, address, "The address ")
                : new TooManyException("The address " + address + " sent too many tokens that are not good.", wait);
    }

    private static @Nullable TooManyException over(Allowance allowance, String who, String kind) {
        Duration wait = allowance.take(who);
        return wait.isZero() ? null : new TooManyException(kind + who + " sends more requests than one may.", wait);
    }

    private void ended(RoutingContext request, String address, String credentials) {
        if (request.response().getStatusCode() == 401) {
            tokens.remove(credentials);
            var unused = failures.take(address);
        }
    }

    /** Never limited: an orchestrator that hears nothing kills the process. */
    private static boolean isHealth(RoutingContext request) {
        return request.normalizedPath().startsWith("/q/health");
    }
}
