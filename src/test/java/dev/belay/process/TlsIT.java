package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to managed servers, over JDBC and by pg_dump and pg_restore; the server lets nobody in without. */
class TlsIT {

    private static final String HBA = """
            hostssl   all certified all cert
            hostssl   all verified  all scram-sha-256
            hostnossl all verified  all reject
            host      all all       all scram-sha-256
            """;

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static PrivateServer server;
    private static BelayProcess service;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(folder)
                .issue("server", "localhost", "-newkey", "rsa:2048")
                .issue("client", "certified", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");
        server = PrivateServer.start(options -> options.with("ssl", "on")
                .with("ssl_cert_file", certificates.certificate("server").toString())
                .with("ssl_key_file", certificates.key("server").toString())
                .with("ssl_ca_file", certificates.certificate("ca").toString()));
        server.letIn(HBA);
        TestPostgres.execute(
                server.address().maintenance(),
                "CREATE ROLE certified SUPERUSER LOGIN",
                "CREATE ROLE verified SUPERUSER LOGIN PASSWORD 'verified'");
        server.shop("seen");
        server.shop("shown");
        service = BelayProcess.start(place());
    }

    private static Workplace place() {
        int port = server.address().port();
        Workplace place = Workplace.of(address("localhost", port), Shop.quickProject(), "seen")
                .with("belay.servers.main.sslmode", "verify-full")
                .with("belay.servers.main.ssl-root-certificate", pem("ca"));
        add(place, "shown", address("localhost", port), "verify-full", "ca")
                .with("belay.servers.shown.user", "certified")
                .without("belay.servers.shown.password-file")
                .with("belay.servers.shown.ssl-certificate", pem("client"))
                .with("belay.servers.shown.ssl-key", certificates.key("client").toString());
        add(place, "issuer", address("localhost", port), "verify-ca", "other");
        add(place, "named", address("127.0.0.1", port), "verify-full", "ca");
        add(place, "plain", TestPostgres.server(), "require", "ca");
        return place;
    }

    private static ServerAddress address(String host, int port) {
        return new ServerAddress(host, port, "verified", "verified", "disable", null, "postgres");
    }

    private static String pem(String name) {
        return certificates.certificate(name).toString();
    }

    private static Workplace add(Workplace place, String name, ServerAddress at, String mode, String authority) {
        return place.with("belay.servers." + name + ".host", at.host())
                .with("belay.servers." + name + ".port", String.valueOf(at.port()))
                .with("belay.servers." + name + ".user", at.user())
                .with(
                        "belay.servers." + name + ".password-file",
                        place.secret(name, at.password()).toString())
                .with("belay.servers." + name + ".sslmode", mode)
                .with("belay.servers." + name + ".ssl-root-certificate", pem(authority))
                .with("belay.databases." + name + ".server", name)
                .with("belay.databases." + name + ".project", "shop")
                .with("belay.databases." + name + ".environment", "development");
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
        server.close();
    }

    @Test
    void a_server_that_shows_who_it_is_is_backed_up_migrated_and_restored() {
        thereAndBack(server.address().database("seen"));
    }

    @Test
    void a_certificate_logs_in_without_any_password() {
        thereAndBack(server.address().database("shown"));
    }

    private static void thereAndBack(DatabaseAddress shop) {
        Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        Jobs.succeed(service.api(), "migrations", Jobs.on(shop), "MIGRATED");
        Jobs.succeed(service.api(), "rollbacks", Jobs.restore(shop), "ROLLED_BACK", "RESTORED");
    }

    @Test
    void a_certificate_of_another_authority_is_refused_at_once() {
        assertThat(refused("issuer"))
                .contains("sslmode verify-ca", "issued by none of the authorities in " + pem("other"));
    }

    @Test
    void a_certificate_for_another_host_is_refused_at_once() {
        assertThat(refused("named")).contains("sslmode verify-full", "another host name than 127.0.0.1");
    }

    @Test
    void a_server_without_tls_is_refused_at_once_where_it_is_required() {
        assertThat(refused("plain")).contains("sslmode require", "speaks no TLS", "ssl = on");
    }

    private static String refused(String database) {
        String body = "{\"database\": \"" + database + "\"}";
        long begun = System.nanoTime();
        JsonNode job = service.api().await("backups", service.api().order("backups", body));
        assertThat(Jobs.failed(job, "UNCHANGED")).isEqualTo("database-error");
        assertThat(System.nanoTime() - begun).as("it is not waited for").isLessThan(60_000_000_000L);
        String detail = job.path("error").path("detail").asText();
        assertThat(detail).contains("Nothing was sent to it").doesNotContain("password");
        return detail;
    }
}
