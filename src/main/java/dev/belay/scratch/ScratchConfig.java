package dev.belay.scratch;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where copies are put up. */
@ConfigMapping(prefix = "belay.scratch")
public interface ScratchConfig {

    /**
     * The name of a configured server. By default Belay starts a private one from the machine's PostgreSQL programs, which
     * puts no load on anybody else's server and is fast because it need not survive a crash.
     */
    Optional<String> server();

    /** The folder with the programs for the private server; by default the newest PostgreSQL that is installed. */
    Optional<Path> binaries();
}
