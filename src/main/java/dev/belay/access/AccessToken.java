package dev.belay.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
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

    boolean bootstrap;

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

    AccessToken(TokenRequest request, String digest, String createdBy, Instant now) {
        this.id = UUID.randomUUID();
        this.digest = digest;
        this.subject = request.subject();
        this.description = request.description();
        this.grants = request.granted();
        this.createdAt = now;
        this.createdBy = createdBy;
        this.expiresAt = now.plus(request.lasts());
    }

    static Optional<AccessToken> withDigest(String digest) {
        return find("digest", digest).firstResultOptional();
    }

    static List<AccessToken> newestFirst() {
        return list("order by createdAt desc, id");
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
