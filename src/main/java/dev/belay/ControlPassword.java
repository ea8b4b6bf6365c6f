package dev.belay;

import dev.belay.database.DatabaseConfig;
import dev.belay.postgres.Password;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/** The control database's password, read from its file for every new connection, so that it can rotate. */
@ApplicationScoped
@Unremovable
@Named(ControlPassword.NAME)
class ControlPassword implements CredentialsProvider {

    static final String NAME = "control-password";
    static final String FILE = "belay.control.password-file";

    private final DatabaseConfig config;

    ControlPassword(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Map<String, String> getCredentials(String name) {
        return Map.of(
                PASSWORD_PROPERTY_NAME,
                new Password.InFile(config.control().passwordFile().orElseThrow()).now());
    }
}
