package dev.belay.access;

import dev.belay.problem.ProblemType;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/** Sees at start that somebody can be an admin, and that nobody is let in unknown from elsewhere. */
@ApplicationScoped
class Admission {

    private static final Logger LOG = Logger.getLogger(Admission.class);

    private final AccessConfig config;
    private final AccessFaults faults;
    private final Tokens tokens;
    private final Bootstrap bootstrap;

    Admission(AccessConfig config, AccessFaults faults, Tokens tokens, Bootstrap bootstrap) {
        this.config = config;
        this.faults = faults;
        this.tokens = tokens;
        this.bootstrap = bootstrap;
    }

    void check(@Observes @Priority(30) StartupEvent event) {
        List<String> found = faults.find();
        if (!found.isEmpty()) {
            throw ProblemType.CONFIGURATION_INVALID.because(
                    "The configuration of who may do what cannot work:\n  - " + String.join("\n  - ", found));
        }
        if (!config.required()) {
            LOG.warn(
                    "NOBODY IS ASKED WHO THEY ARE (belay.access.required=false): whoever reaches this address may migrate"
                            + " and roll back every configured database. For development and demos only.");
        } else if (config.adminTokenFile().isPresent()) {
            adopt(config.adminTokenFile().get());
        } else {
            bootstrap.begin();
        }
    }

    private void adopt(Path file) {
        if (!tokens.adopt(read(file))) {
            LOG.warnf(
                    "The token in %s (belay.access.admin-token-file) is no admin's: it was revoked, or made for something"
                            + " less. Put another one there, as `./belay token` makes them, and start again.",
                    file);
        }
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file).strip();
            if (TokenText.isWhole(text)) {
                return text;
            }
        } catch (IOException e) {
            throw ProblemType.CONFIGURATION_INVALID.because(
                    "The file " + file + " of belay.access.admin-token-file cannot be read.", e);
        }
        throw ProblemType.CONFIGURATION_INVALID.because(
                "The file " + file
                        + " of belay.access.admin-token-file does not hold a token as Belay makes them, whole. Type: ./belay token");
    }
}
