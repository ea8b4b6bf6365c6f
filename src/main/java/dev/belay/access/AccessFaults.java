package dev.belay.access;

import dev.belay.database.DatabaseRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** What is wrong with the configuration of who may do what: everything that would let in more, or less, than it seems to. */
@ApplicationScoped
class AccessFaults {

    private static final String OIDC = "quarkus.oidc.";
    private static final Pattern ISSUER = Pattern.compile("quarkus\\.oidc\\.(.+\\.)?auth-server-url");

    private final AccessConfig access;
    private final DatabaseRegistry databases;
    private final Config config;

    AccessFaults(AccessConfig access, DatabaseRegistry databases, Config config) {
        this.access = access;
        this.databases = databases;
        this.config = config;
    }

    List<String> find() {
        List<String> faults = new ArrayList<>();
        if (!access.required() && !isLoopback(value("quarkus.http.host").orElse(""))) {
            faults.add(
                    "belay.access.required=false lets everybody do everything, so it is for the loopback address alone,"
                            + " and quarkus.http.host is "
                            + value("quarkus.http.host").orElse("") + ": leave one of the two as it"
                            + " comes");
        }
        new TreeMap<>(access.oidc()).forEach((name, entry) -> {
            String fault = Grant.of(entry).fault(databases.environments().keySet());
            if (fault != null) {
                faults.add("belay.access.oidc." + name + " " + fault);
            }
        });
        oidc(faults);
        return faults;
    }

    private void oidc(List<String> faults) {
        Set<String> issuers = new TreeSet<>();
        if (value(OIDC + "auth-server-url").isPresent()) {
            issuers.add(OIDC);
        }
        StreamSupport.stream(config.getPropertyNames().spliterator(), false).forEach(name -> {
            Matcher issuer = ISSUER.matcher(name);
            if (issuer.matches() && value(name).isPresent()) {
                issuers.add(name.substring(0, name.length() - "auth-server-url".length()));
            }
        });
        for (String issuer : issuers) {
            // Else a token that was made for another service of the same issuer would be good for Belay too.
            if (value(issuer + "token.audience").isEmpty()) {
                faults.add(issuer + "token.audience is missing: it tells tokens that were made for Belay from others");
            }
            if (issuer.equals(OIDC) && value(OIDC + "tenant-enabled").orElse("").equals("false")) {
                faults.add(OIDC + "auth-server-url is set, but " + OIDC + "tenant-enabled is not: set it to true");
            }
        }
        if (issuers.isEmpty() && !access.oidc().isEmpty()) {
            faults.add("belay.access.oidc says what bearers of an issuer's tokens may do, but no issuer is set: set "
                    + OIDC + "auth-server-url");
        }
    }

    private Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
