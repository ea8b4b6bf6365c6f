package dev.belay.access;

import dev.belay.database.DatabaseRegistry;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes tokens, knows them again, and revokes them. */
@ApplicationScoped
class Tokens {

    private static final Duration CONFIGURED_LASTS = Duration.ofDays(366);

    private final Clock clock;
    private final DatabaseRegistry databases;
    private final Bootstrap bootstrap;

    Tokens(Clock clock, DatabaseRegistry databases, Bootstrap bootstrap) {
        this.clock = clock;
        this.databases = databases;
        this.bootstrap = bootstrap;
    }

    /**
     * Makes a token.
     *
     * @param by who asked for it
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when a grant is for nothing that there is
     */
    @Transactional
    NewToken make(TokenRequest request, String by) {
        List<Grant> grants = request.granted();
        for (int i = 0; i < grants.size(); i++) {
            String fault = grants.get(i).fault(databases.environments().keySet());
            if (fault != null) {
                throw ProblemType.invalidParameter("#/grants/" + i, fault);
            }
        }
        String text = TokenText.draw();
        Instant now = clock.instant();
        AccessToken token = new AccessToken(request, TokenText.digest(text), by, now);
        token.persist();
        if (token.isAdmin()) {
            bootstrap.end(by);
        }
        return new NewToken(text, TokenView.of(token, now));
    }

    /**
     * Takes a text for an admin's token, and the one that it takes the place of for none any more. It lasts for a year from
     * each start, since whoever writes the configuration says every time that it is meant.
     *
     * @return whether it is good: it is not when somebody has revoked it
     */
    @Transactional
    boolean adopt(String text) {
        AccessToken.lock();
        String digest = TokenText.digest(text);
        Instant now = clock.instant();
        AccessToken.unrevoked(TokenOrigin.CONFIGURATION).stream()
                .filter(token -> !token.digest.equals(digest))
                .forEach(token -> token.revoke("belay", now));
        AccessToken token = AccessToken.withDigest(digest).orElseGet(() -> {
            AccessToken made = AccessToken.admin(TokenOrigin.CONFIGURATION, digest, now, CONFIGURED_LASTS);
            made.persist();
            return made;
        });
        if (token.origin == TokenOrigin.CONFIGURATION) {
            token.expiresAt = now.plus(CONFIGURED_LASTS);
        }
        bootstrap.end("belay");
        return token.isGood(now) && token.isAdmin();
    }

    /** Whose token it is; empty when it is nobody's, revoked or expired. */
    @Transactional
    Optional<TokenView> known(String text) {
        Instant now = clock.instant();
        return !TokenText.isWhole(text)
                ? Optional.empty()
                : AccessToken.withDigest(TokenText.digest(text))
                        .filter(token -> token.isGood(now))
                        .map(token -> TokenView.of(token, now));
    }

    @Transactional
    List<TokenView> all() {
        Instant now = clock.instant();
        return AccessToken.newestFirst().stream()
                .map(token -> TokenView.of(token, now))
                .toList();
    }

    /** Again and again with the same result. */
    @Transactional
    TokenView revoke(UUID id, String by) {
        AccessToken token = AccessToken.<AccessToken>findByIdOptional(id)
                .orElseThrow(
                        () -> ProblemType.NOT_FOUND.because("There is no token " + id + ". GET /tokens lists them."));
        token.revoke(by, clock.instant());
        return TokenView.of(token, clock.instant());
    }
}
