package dev.belay.access;

import dev.belay.database.DatabaseConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** The token that Belay's first start gives its operator, until there is an admin who was made by one. */
@ApplicationScoped
class Bootstrap {

    private static final Logger LOG = Logger.getLogger(Bootstrap.class);
    private static final Duration LASTS = Duration.ofHours(24);

    private final Path file;
    private final Clock clock;

    Bootstrap(DatabaseConfig directories, Clock clock) {
        this.file = directories.dataDirectory().resolve("bootstrap-token");
        this.clock = clock;
    }

    /** Makes a token where there has never been an admin, and none that still holds was made before. */
    @Transactional
    void begin() {
        // Several replicas may start for the first time at once.
        AccessToken.lock();
        Instant now = clock.instant();
        if (AccessToken.hadAdmin()) {
            removeFile();
        } else if (AccessToken.unrevoked(TokenOrigin.BOOTSTRAP).stream().noneMatch(token -> token.isGood(now))) {
            String text = TokenText.draw();
            AccessToken.admin(TokenOrigin.BOOTSTRAP, TokenText.digest(text), now, LASTS)
                    .persist();
            // Before it counts: one that is written nowhere would lock everybody out for a day.
            write(text);
            LOG.infof(
                    "The first admin's token is in %s, for 24 hours or until there is an admin of your own. It is shown"
                            + " this once: %s",
                    file.toAbsolutePath(), text);
        }
    }

    /** Ends it, since there is an admin now. */
    @Transactional
    void end(String by) {
        AccessToken.unrevoked(TokenOrigin.BOOTSTRAP).forEach(token -> token.revoke(by, clock.instant()));
        removeFile();
    }

    private void write(String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text + "\n", StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeFile() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf("%s could not be removed; what it holds is no token any more: %s", file, e.getMessage());
        }
    }
}
