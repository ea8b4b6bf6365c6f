package dev.belay.database;

import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configured secrets by name. What they hold is never written anywhere. */
@ApplicationScoped
public class Secrets {

    private final DatabaseConfig config;

    Secrets(DatabaseConfig config) {
        this.config = config;
    }

    /**
     * What a secret holds, without the line end that editors put behind it.
     *
     * @throws dev.belay.problem.ProblemException CONFIGURATION_INVALID when there is none of this name, or nothing in it
     */
    public String require(String name) {
        DatabaseConfig.SecretEntry entry = config.secrets().get(name);
        if (entry == null) {
            throw ProblemType.CONFIGURATION_INVALID.because("No secret is configured under the name " + name
                    + ". Nothing was changed. Set belay.secrets." + name + ".file, then start Belay again.");
        }
        String held = entry.file()
                .map(file -> read(name, file))
                .orElseGet(() -> entry.value().orElse(""));
        if (held.isEmpty() || held.indexOf('\0') >= 0) {
            throw ProblemType.CONFIGURATION_INVALID.because("The secret " + name
                    + " is empty or no text. Nothing was changed. Put it where belay.secrets." + name
                    + " says, then ask again.");
        }
        return held;
    }

    private static String read(String name, Path file) {
        try {
            return Files.readString(file).replaceAll("[\\r\\n]+\\z", "");
        } catch (IOException e) {
            throw ProblemType.CONFIGURATION_INVALID.because(
                    "The file of the secret " + name + " cannot be read: " + file
                            + ". Nothing was changed. Mend it, then ask again.",
                    e);
        }
    }

    static List<String> faults(Map<String, DatabaseConfig.SecretEntry> secrets) {
        List<String> faults = new ArrayList<>();
        new TreeMap<>(secrets).forEach((name, secret) -> {
            String key = "belay.secrets." + name;
            if (secret.value().isPresent() == secret.file().isPresent()) {
                faults.add(key + ": needs exactly one of file and value");
            }
            if (secret.file().isPresent() && !Files.isReadable(secret.file().get())) {
                faults.add(key + ".file: " + secret.file().get() + " cannot be read");
            }
        });
        return faults;
    }
}
