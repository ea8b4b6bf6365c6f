package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {

    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void reachable() {
        set("host", "db.internal");
        set("user", "belay");
    }

    @Test
    void a_server_without_tls_settings_will_do() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void to_verify_needs_an_authority() {
        set("sslmode", "verify-full");

        assertThat(faults()).singleElement().asString().contains("verify-full needs ssl-root-certificate");
    }

    @Test
    void a_mode_has_to_be_one_of_libpqs() {
        set("sslmode", "on");

        assertThat(faults()).singleElement().asString().contains("\"on\" is none of");
    }

    @Test
    void files_that_are_missing_or_hold_something_else_are_named() throws IOException {
        set("ssl-root-certificate", folder.resolve("missing.crt").toString());
        set("ssl-certificate", write("client.crt", "no certificate").toString());
        set("ssl-key", write("client.p8", "-----BEGIN RSA PRIVATE KEY-----").toString());

        assertThat(faults())
                .anyMatch(fault -> fault.contains("ssl-root-certificate: ") && fault.contains("missing.crt"))
                .anyMatch(fault -> fault.contains("ssl-certificate: ") && fault.contains("client.crt"))
                .anyMatch(fault -> fault.contains("has to be named .key or .pem"))
                .anyMatch(fault -> fault.contains("openssl pkcs8 -topk8"));
    }

    @Test
    void a_key_that_others_may_read_is_refused() throws IOException {
        Path key = write("client.key", "-----BEGIN PRIVATE KEY-----");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        set("ssl-key", key.toString());

        assertThat(faults())
                .anyMatch(fault -> fault.contains("can be read or changed by others"))
                .anyMatch(fault -> fault.contains("goes with ssl-key only"));
    }

    @Test
    void a_password_file_holds_one_line_and_has_no_password_beside_it() throws IOException {
        set("password-file", write("password", "secret\n").toString());
        assertThat(faults()).isEmpty();
        set("password", "other");
        assertThat(faults()).singleElement().asString().contains("configure one of them");
        settings.remove("belay.servers.main.password");
        set("password-file", write("two", "secret\nmore").toString());
        assertThat(faults()).singleElement().asString().doesNotContain("secret").contains("does not hold one line");
        set("password-file", folder.resolve("missing").toString());
        assertThat(faults()).singleElement().asString().contains("cannot be read");
    }

    private Path write(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private void set(String key, String value) {
        settings.put("belay.servers.main." + key, value);
    }

    private List<String> faults() {
        DatabaseConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DatabaseConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(DatabaseConfig.class);
        return ServerFaults.of("main", Objects.requireNonNull(config.servers().get("main")));
    }
}
