package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** Passwords that change while Belay runs, and passwords that are written where they should not be. */
class RotationIT {

    private static final String ROTATED = "rotated_keeper";
    private static final String CONTROL = "rotated_control";

    private final DatabaseAddress shop = Shop.create();

    @Test
    void the_next_connection_has_the_new_password_also_by_a_link_that_is_swapped() throws Exception {
        role(ROTATED, "first");
        role(CONTROL, "first control");
        DatabaseAddress control = TestPostgres.freshDatabase("rotated_control");
        TestPostgres.execute(
                control.server().maintenance(), "ALTER DATABASE " + control.name() + " OWNER TO " + CONTROL);
        Workplace place = place("first");
        Path mounted = mount(place, "first");
        Path controlFile = place.secret("control", "first control");
        place.with("belay.servers.main.password-file", mounted.toString())
                .with("quarkus.datasource.jdbc.url", control.jdbcUrl())
                .with("quarkus.datasource.username", CONTROL)
                .with("belay.control.password-file", controlFile.toString());
        try (BelayProcess service = BelayProcess.start(place)) {
            Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");

            role(ROTATED, "second");
            JsonNode between = service.api().await("backups", service.api().order("backups", Jobs.on(shop)));
            assertThat(between.path("error").path("detail").asText())
                    .contains("password authentication failed", "password")
                    .doesNotContain("first");
            swap(place, "second");
            Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");

            role(CONTROL, "second control");
            place.secret("control", "second control");
            TestPostgres.execute(
                    TestPostgres.server().maintenance(),
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + control.name() + "'");
            Soon.until(() -> service.api().get("/q/health/ready").status() == 200);
            Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        }
    }

    @Test
    void a_password_in_the_configuration_file_or_among_the_arguments_is_refused_at_start() {
        Workplace written =
                place("x").with("belay.servers.main.password", "hunter2").without("belay.servers.main.password-file");
        assertThatThrownBy(() -> BelayProcess.start(written))
                .hasMessageContaining("belay.servers.main.password: is written in a configuration file")
                .hasMessageContaining("BELAY_SERVERS_MAIN_PASSWORD")
                .message()
                .doesNotContain("hunter2");
        Workplace argued = place("x").without("belay.servers.main.password-file");
        assertThatThrownBy(() -> BelayProcess.start(argued, "-Dbelay.servers.main.password=hunter2"))
                .hasMessageContaining("belay.servers.main.password: is written")
                .message()
                .doesNotContain("hunter2");
        written.delete();
        argued.delete();
    }

    private static void role(String name, String password) {
        TestPostgres.execute(
                TestPostgres.server().maintenance(),
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + name + "') THEN CREATE ROLE "
                        + name + " SUPERUSER LOGIN; END IF; END $$",
                "ALTER ROLE " + name + " PASSWORD '" + password + "'");
    }

    private Workplace place(String password) {
        ServerAddress server = TestPostgres.server();
        return Workplace.of(
                new ServerAddress(server.host(), server.port(), ROTATED, password, "disable", null, "postgres"),
                Shop.quickProject(),
                shop.name());
    }

    /** As Kubernetes mounts a secret: the file is a link through a folder that is a link. */
    private static Path mount(Workplace place, String password) throws IOException {
        Path folder = Files.createDirectories(place.directory().resolve("mounted"));
        Files.createSymbolicLink(folder.resolve("..data"), version(folder, password));
        return Files.createSymbolicLink(folder.resolve("password"), Path.of("..data", "password"));
    }

    /** And as it changes it: one rename of the folder's link. */
    private static void swap(Workplace place, String password) throws IOException {
        Path folder = place.directory().resolve("mounted");
        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), version(folder, password));
        Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path version(Path folder, String password) throws IOException {
        Path version = Files.createDirectory(folder.resolve("..version-" + password));
        Files.writeString(version.resolve("password"), password);
        return version.getFileName();
    }
}
