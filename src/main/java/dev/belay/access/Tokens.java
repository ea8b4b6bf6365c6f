package dev.belay.access;

import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes tokens, knows them again, and revokes them. */
@ApplicationScoped
class Tokens {

    static final String BOOTSTRAP = "bootstrap";

    private static final Duration BOOTSTRAP_LASTS = Duration.ofHours(24);
    private static final List<TokenRequest.Entry> ADMIN =
            List.of(new TokenRequest.Entry(Role.ADMIN, Set.of(), Set.of()));

    private final Clock clock;

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /** @param by who asked for it */
    @Transactional
    NewToken make(TokenRequest request, String by) {
        String text = TokenText.draw();
        Instant now = clock.instant();
        AccessToken token = new AccessToken(request, TokenText.digest(text), by, now);
        token.persist();
        if (token.isAdmin()) {
            // The first real admin ends what the first start has given away.
            AccessToken.<AccessToken>list("bootstrap and revokedAt is null").forEach(old -> old.revoke(by, now));
        }
        return new NewToken(text, TokenView.of(token, now));
    }

    /** A token that lasts until there is a real admin, at most a day; empty where there has been any token. */
    @Transactional
    Optional<String> makeFirst() {
        if (AccessToken.count() > 0) {
            return Optional.empty();
        }
        String text = TokenText.draw();
        keepFirst(text, BOOTSTRAP_LASTS);
        return Optional.of(text);
    }

    /** Takes a token for an admin's that somebody else has made. */
    @Transactional
    void adopt(String text) {
        if (AccessToken.withDigest(TokenText.digest(text)).isEmpty()) {
            Instant now = clock.instant();
            TokenRequest request = new TokenRequest("admin", "From belay.access.admin-token-file", ADMIN, 366);
            new AccessToken(request, TokenText.digest(text), "configuration", now).persist();
        }
    }

    private void keepFirst(String text, Duration lasts) {
        Instant now = clock.instant();
        TokenRequest request = new TokenRequest(BOOTSTRAP, "Made at the first start", ADMIN, 1);
        AccessToken token = new AccessToken(request, TokenText.digest(text), "belay", now);
        token.bootstrap = true;
        token.expiresAt = now.plus(lasts);
        token.persist();
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
