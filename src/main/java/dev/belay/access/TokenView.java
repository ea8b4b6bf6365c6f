package dev.belay.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A token, without its text.
 *
 * @param subject who has it
 * @param origin BOOTSTRAP when Belay made it at its first start, CONFIGURATION when it is that of a file, else REQUEST
 * @param usable whether it is neither revoked nor expired
 */
@Schema(name = "Token")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenView(
        UUID id,
        String subject,
        @Nullable String description,
        List<Grant> grants,
        TokenOrigin origin,
        Instant created,
        String createdBy,
        Instant expires,
        @Nullable Instant revoked,
        @Nullable String revokedBy,
        boolean usable) {

    static TokenView of(AccessToken token, Instant now) {
        return new TokenView(
                token.id,
                token.subject,
                token.description,
                token.grants,
                token.origin,
                token.createdAt,
                token.createdBy,
                token.expiresAt,
                token.revokedAt,
                token.revokedBy,
                token.isGood(now));
    }
}
