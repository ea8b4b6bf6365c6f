package dev.belay.access;

import dev.belay.database.DatabaseConfig;
import dev.belay.problem.ProblemType;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Sees at start that somebody can be an admin, and that nobody is let in unknown from elsewhere. */
@ApplicationScoped
class Admission {

    static final String FILE = "bootstrap-token";

    private static final Logger LOG = Logger.getLogger(Admission.class);

    private final AccessConfig config;
    private final DatabaseConfig directories;
    private final Tokens tokens;
    private final String host;

    Admission(
            AccessConfig config,
            DatabaseConfig directories,
            Tokens tokens,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.directories = directories;
        this.tokens = tokens;
        this.host = host;
    }

    void check(@Observes @Priority(30) StartupEvent event) throws IOException {
        if (!config.required()) {
            requireLoopback();
            LOG.warn("NOBODY IS ASKED WHO THEY ARE (belay.access.required=false): whoever reaches " + host
                    + " may migrate and roll back every configured database. For development and demos only.");
            return;
        }
        if (config.adminTokenFile().isPresent()) {
            adopt(config.adminTokenFile().get());
        } else {
            Optional<String> first = tokens.makeFirst();
            if (first.isPresent()) {
                announce(first.get());
            }
        }
    }

    private void requireLoopback() throws IOException {
        if (!InetAddress.getByName(host).isLoopbackAddress()) {
            throw ProblemType.CONFIGURATION_INVALID.because("belay.access.required=false lets everybody do everything,"
                    + " so it is for the loopback address alone, and quarkus.http.host is " + host
                    + ". Leave one of the two as it comes.");
        }
    }

    private void adopt(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!TokenText.isWhole(text)) {
            throw ProblemType.CONFIGURATION_INVALID.because(
                    "The file " + file + " of belay.access.admin-token-file does"
                            + " not hold a token as Belay makes them. ./belay token makes one.");
        }
        tokens.adopt(text);
    }

    private void announce(String text) throws IOException {
        Path file = directories.dataDirectory().resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text + "\n", StandardOpenOption.WRITE);
        LOG.infof(
                "The first admin's token is in %s, for a day or until there is an admin of your own. It is shown this"
                        + " once: %s",
                file, text);
    }
}
