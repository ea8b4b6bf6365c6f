package dev.belay.access;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the caller of this request may do. */
@RequestScoped
public class Access {

    private final SecurityIdentity identity;
    private final AccessConfig config;
    private final DatabaseRegistry databases;
    private @Nullable Needs needs;
    private boolean isDecided;
    private @Nullable String database;

    Access(SecurityIdentity identity, AccessConfig config, DatabaseRegistry databases) {
        this.identity = identity;
        this.config = config;
        this.databases = databases;
    }

    /** Whether callers have to say who they are; else everybody may do everything. */
    public boolean isRequired() {
        return config.required();
    }

    /** The caller's name; null when nobody has said it, or said it with a token that is not good. */
    public @Nullable String caller() {
        try {
            return identity.isAnonymous() ? null : identity.getPrincipal().getName();
        } catch (AuthenticationFailedException e) {
            return null;
        }
    }

    /** Says what the endpoint that was called needs. */
    void begin(Needs of) {
        needs = of;
        isDecided = of.of() != Needs.Of.DATABASE;
        boolean may = switch (of.of()) {
            case ALL -> grants().stream().anyMatch(grant -> grant.allowsEverywhere(of.value()));
            case SOME, DATABASE -> grants().stream().anyMatch(grant -> grant.allowsSomewhere(of.value()));
        };
        if (config.required() && !may) {
            throw denied(of.value(), of.of() == Needs.Of.ALL ? " for all databases" : "");
        }
    }

    /** Says that everybody may. */
    void open() {
        isDecided = true;
    }

    boolean isDecided() {
        return isDecided || !config.required();
    }

    /**
     * Decides about the database that the request is about.
     *
     * @throws dev.belay.problem.ProblemException FORBIDDEN when the caller may not; NOT_FOUND when there is no such database
     *     for a caller who may see all
     */
    public void to(String name) {
        Role needed = needed();
        isDecided = true;
        database = name;
        if (config.required() && !may(needed, name)) {
            throw denied(needed, " for the database " + name);
        }
    }

    /** The database that was decided about last; null when none was. */
    public @Nullable String database() {
        return database;
    }

    /** Whether a list may show what is about a database. */
    public boolean shows(String database) {
        return !config.required() || may(Role.VIEWER, database);
    }

    /** The databases about which a list may show something; empty when it may about all. */
    public Optional<Set<String>> visible() {
        if (!config.required() || grants().stream().anyMatch(grant -> grant.allowsEverywhere(Role.VIEWER))) {
            return Optional.empty();
        }
        return Optional.of(databases.all().stream()
                .map(ManagedDatabase::name)
                .filter(this::shows)
                .collect(Collectors.toSet()));
    }

    private Role needed() {
        if (needs == null) {
            throw new IllegalStateException("the endpoint has not said what it needs");
        }
        return needs.value();
    }

    private boolean may(Role needed, String name) {
        ManagedDatabase managed = databases.all().stream()
                .filter(other -> other.name().equals(name))
                .findFirst()
                .orElse(null);
        // of one that is not configured any more only who may see all learns anything
        return managed == null
                ? grants().stream().anyMatch(grant -> grant.allowsEverywhere(needed))
                : grants().stream().anyMatch(grant -> grant.allows(needed, managed));
    }

    @SuppressWarnings("unchecked") // TokenMechanism and OidcGrants put it there
    private List<Grant> grants() {
        List<Grant> grants = caller() == null ? null : (List<Grant>) identity.getAttribute(TokenMechanism.GRANTS);
        return grants == null ? List.of() : grants;
    }

    private RuntimeException denied(Role needed, String what) {
        return caller() == null
                ? ProblemType.UNAUTHORIZED.because(
                        "The request does not say who sent it, or says it with a token that is"
                                + " not known, expired or revoked. Nothing was done. Send a token as Authorization: Bearer …;"
                                + " an admin makes one by POST /tokens.")
                : ProblemType.FORBIDDEN.because("The caller " + caller() + " does not have the role " + needed + what
                        + ". Nothing was done. An admin can give a token that has it.");
    }
}
