package dev.belay.access;

import dev.belay.database.DatabaseRegistry;
import dev.belay.problem.ProblemException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who sent this request, and what they may do. */
@RequestScoped
public class Access {

    /** The name of whoever has none. */
    public static final String ANONYMOUS = "anonymous";

    private final SecurityIdentity identity;
    private final AccessConfig config;
    private final CallerHeader header;
    private final DatabaseRegistry databases;
    private final Bootstrap bootstrap;
    private @Nullable Needs needs;
    private boolean isDecided;
    private @Nullable String database;

    Access(
            SecurityIdentity identity,
            AccessConfig config,
            CallerHeader header,
            DatabaseRegistry databases,
            Bootstrap bootstrap) {
        this.identity = identity;
        this.config = config;
        this.header = header;
        this.databases = databases;
        this.bootstrap = bootstrap;
    }

    /**
     * The caller's name: whoever the token shows. Only where nobody is asked for one, what a proxy in front says in a header, or
     * {@link #ANONYMOUS}.
     *
     * @throws ProblemException INVALID_REQUEST when the header is no name
     */
    public String caller() {
        KnownCaller known = known();
        if (known != null || config.required()) {
            return known == null ? ANONYMOUS : known.name();
        }
        return header.name();
    }

    /** How it is known who the caller is: {@code token} or {@code bootstrap} and the token's id, {@code oidc} and the issuer, {@code header} or {@code none}. */
    public String how() {
        KnownCaller known = known();
        if (known != null || config.required()) {
            return known == null ? "none" : known.how();
        }
        return caller().equals(ANONYMOUS) ? "none" : "header";
    }

    /** Says what the endpoint that was called needs. */
    void begin(Needs of) {
        needs = of;
        isDecided = of.of() != Needs.Of.DATABASE;
        KnownCaller known = known();
        if (known != null && known.isOfIssuer() && known.mayEverywhere(Role.ADMIN)) {
            // Of one that Belay knows by a token this was done when the token was made.
            bootstrap.end(known.name());
        }
        boolean may = known != null
                && switch (of.of()) {
                    case ALL -> known.mayEverywhere(of.value());
                    case SOME, DATABASE -> known.maySomewhere(of.value());
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
     * @throws ProblemException FORBIDDEN when the caller may not, whether there is such a database or not
     */
    public void to(String name) {
        if (needs == null) {
            throw new IllegalStateException("the endpoint has not said what it needs");
        }
        isDecided = true;
        database = name;
        if (config.required() && !may(needs.value(), name)) {
            throw denied(needs.value(), " for the database " + name);
        }
    }

    /** The database that was decided about last; null when none was. */
    public @Nullable String database() {
        return database;
    }

    /** Whether a list may show what is about a database. */
    public boolean shows(String name) {
        return !config.required() || may(Role.VIEWER, name);
    }

    /** The databases about which a list may show something; empty when it may about all. */
    public Optional<Set<String>> visible() {
        KnownCaller known = known();
        if (!config.required() || (known != null && known.mayEverywhere(Role.VIEWER))) {
            return Optional.empty();
        }
        return Optional.of(
                databases.environments().keySet().stream().filter(this::shows).collect(Collectors.toSet()));
    }

    private boolean may(Role needed, String name) {
        KnownCaller known = known();
        return known != null
                && known.grants().stream()
                        .anyMatch(grant -> grant.allows(
                                needed, name, databases.environments().get(name)));
    }

    /** Null when nobody has said who they are, or said it with a token that is not good. */
    private @Nullable KnownCaller known() {
        try {
            return KnownCaller.of(identity);
        } catch (AuthenticationFailedException e) {
            return null;
        } catch (OIDCException e) {
            throw Denials.issuerAway();
        }
    }

    private ProblemException denied(Role needed, String what) {
        return Denials.because(known(), needed, what);
    }
}
