package dev.belay.database;

import dev.belay.problem.ProblemType;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Finds passwords that are written where others may read them: in a configuration file, which is copied, mailed and
 * checked in, or as a system property, which every user of the machine sees among the arguments of the process.
 */
@ApplicationScoped
class WrittenSecrets {

    private final DatabaseConfig databases;
    private final Config settings;

    WrittenSecrets(DatabaseConfig databases, Config settings) {
        this.databases = databases;
        this.settings = settings;
    }

    void check(@Observes @Priority(9) StartupEvent event) {
        List<String> faults = faults();
        if (!faults.isEmpty()) {
            throw ProblemType.CONFIGURATION_INVALID.because(
                    "The configuration is not safe:\n  - " + String.join("\n  - ", faults));
        }
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        Stream.concat(
                        databases.servers().keySet().stream().map(name -> "belay.servers." + name + ".password"),
                        databases.secrets().keySet().stream().map(name -> "belay.secrets." + name + ".value"))
                .sorted()
                .forEach(key -> {
                    String source = String.valueOf(settings.getConfigValue(key).getSourceName());
                    if (source.startsWith("PropertiesConfigSource") || source.startsWith("SysPropConfigSource")) {
                        faults.add(key + ": is written in a configuration file or a system property, where others can"
                                + " read it; put it into a file of its own and name that with "
                                + key.replaceFirst("\\.password$", ".password-file")
                                        .replaceFirst("\\.value$", ".file")
                                + ", or into the environment variable "
                                + key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
                    }
                });
        return faults;
    }
}
