package dev.belay.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A token that was given to somebody. Its text is not here, only what the text is told by. */
@Entity
@Table(name = "access_token")
class AccessToken extends PanacheEntityBase {

    @Id
    UUID id;

    String digest;

    String subject;

    @Nullable
    String description;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Grant> grants;

    @Enumerated(EnumType.STRING)
    TokenOrigin origin;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "expires_at")
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    @Column(name = "revoked_by")
    @Nullable
    String revokedBy;

    protected AccessToken() {}

    /** @param by who asked for it */
    AccessToken(TokenRequest request, String digest, String by, Instant now) {
        this.id = UUID.randomUUID();
        this.digest = digest;
        this.subject = request.subject();
        this.description = request.description();
        this.grants = request.granted();
        this.origin = TokenOrigin.REQUEST;
        this.createdAt = now;
        this.createdBy = by;
        this.expiresAt = now.plus(request.lasts());
    }

    /** One that Belay gives somebody who may everything. */
    static AccessToken admin(TokenOrigin origin, String digest, Instant now, Duration lasts) {
        AccessToken token = new AccessToken();
        token.id = UUID.randomUUID();
        token.digest = digest;
        token.subject = origin == TokenOrigin.BOOTSTRAP ? "bootstrap" : "admin";
        token.grants = List.of(Grant.everywhere(Role.ADMIN));
        token.origin = origin;
        token.createdAt = now;
        token.createdBy = "belay";
        token.expiresAt = now.plus(lasts);
        return token;
    }

    static Optional<AccessToken> withDigest(String digest) {
        return find("digest", digest).firstResultOptional();
    }

    static List<AccessToken> newestFirst() {
        return list("order by createdAt desc, id");
    }

    /** Those of an origin that nobody has revoked. */
    static List<AccessToken> unrevoked(TokenOrigin origin) {
        return list("origin = ?1 and revokedAt is null", origin);
    }

    /** Whether there has ever been an admin that was not made by Belay's first start. */
    static boolean hadAdmin() {
        return AccessToken.<AccessToken>list("origin <> ?1", TokenOrigin.BOOTSTRAP).stream()
                .anyMatch(AccessToken::isAdmin);
    }

    /** Lets others wait until this transaction is over. */
    static void lock() {
        getEntityManager()
                .createNativeQuery("LOCK TABLE access_token IN SHARE ROW EXCLUSIVE MODE")
                .executeUpdate();
    }

    boolean isGood(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }

    void revoke(String by, Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
            revokedBy = by;
        }
    }

    boolean isAdmin() {
        return grants.stream().anyMatch(grant -> grant.allowsEverywhere(Role.ADMIN));
    }
}
