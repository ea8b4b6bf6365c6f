package dev.belay.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How the first admin comes in, and that nobody else does. */
class AdmissionIT {

    private static final Pattern TOKEN = Pattern.compile("belay_[0-9A-Za-z]{49}");
    private static final String ADMIN = """
            {"subject": "maria", "grants": [{"role": "ADMIN", "databases": ["*"]}]}""";

    private final Workplace place = Workplace.empty().with("belay.access.required", "true");
    private final Path file = place.data().resolve("bootstrap-token");

    @Test
    void the_first_start_gives_one_token_which_ends_with_the_first_admin() throws IOException {
        try (BelayProcess service = BelayProcess.start(place)) {
            String first = Files.readString(file).strip();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(shown(service)).containsExactly(first);
            assertThat(status(service, "")).isEqualTo(401);
            assertThat(status(service, first)).isEqualTo(200);

            service.terminate();
            service.startAgain();
            assertThat(shown(service)).isEmpty();
            assertThat(status(service, first)).isEqualTo(200);

            String maria = as(service, first)
                    .contentType("application/json")
                    .body(ADMIN)
                    .post("/tokens")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("token");
            assertThat(status(service, first)).isEqualTo(401);
            assertThat(status(service, maria)).isEqualTo(200);
            assertThat(file).doesNotExist();

            service.killNine();
            service.startAgain();
            assertThat(shown(service)).isEmpty();
            assertThat(file).doesNotExist();
            assertThat(status(service, maria)).isEqualTo(200);
        }
    }

    @Test
    void a_first_token_that_nobody_used_in_its_24_hours_is_none_and_the_next_start_gives_another()
            throws IOException, SQLException {
        try (BelayProcess service = BelayProcess.start(place)) {
            String first = Files.readString(file).strip();
            assertThat(query("SELECT round(extract(epoch FROM expires_at - created_at)) FROM access_token"))
                    .isEqualTo("86400");
            execute("UPDATE access_token SET expires_at = now()");
            assertThat(status(service, first)).isEqualTo(401);

            service.terminate();
            service.startAgain();

            String second = Files.readString(file).strip();
            assertThat(second).isNotEqualTo(first);
            assertThat(status(service, first)).isEqualTo(401);
            assertThat(status(service, second)).isEqualTo(200);
        }
    }

    @Test
    void a_file_of_the_configuration_takes_the_place_of_the_first_token_and_may_change() throws Exception {
        Path given = place.directory().resolve("admin-token");
        String one = newToken();
        String other = newToken();
        Files.writeString(given, one + "\n");
        place.with("belay.access.admin-token-file", given.toString());
        try (BelayProcess service = BelayProcess.start(place)) {
            assertThat(file).doesNotExist();
            assertThat(shown(service)).isEmpty();
            assertThat(status(service, one)).isEqualTo(200);

            Files.writeString(given, other);
            service.terminate();
            service.startAgain();
            assertThat(status(service, one)).isEqualTo(401);
            assertThat(status(service, other)).isEqualTo(200);
        }
    }

    @Test
    void whoever_may_come_from_elsewhere_has_to_say_who_they_are() {
        place.with("belay.access.required", "false").with("quarkus.http.host", "0.0.0.0");

        assertThatIllegalStateException()
                .isThrownBy(() -> BelayProcess.start(place).close())
                .withMessageContaining("belay.access.required=false")
                .withMessageContaining("leave one of the two");
        place.with("quarkus.http.host", "127.0.0.1");
        try (BelayProcess service = BelayProcess.start(place)) {
            assertThat(service.log()).anyMatch(line -> line.contains("WARN") && line.contains("NOBODY IS ASKED"));
        }
    }

    @Test
    void what_would_let_in_others_than_it_seems_to_is_refused_at_the_start() throws IOException {
        Path given = Files.writeString(place.directory().resolve("admin-token"), "secret");
        place.with("quarkus.oidc.auth-server-url", "http://127.0.0.1:9")
                .with("belay.access.oidc.all.value", "everybody")
                .with("belay.access.oidc.all.role", "ADMIN");

        assertThatIllegalStateException()
                .isThrownBy(() -> BelayProcess.start(place).close())
                .withMessageContaining("quarkus.oidc.token.audience is missing")
                .withMessageContaining("quarkus.oidc.tenant-enabled is not")
                .withMessageContaining("belay.access.oidc.all must say for which databases");
        place.with("quarkus.oidc.tenant-enabled", "true")
                .with("quarkus.oidc.token.audience", "belay")
                .with("belay.access.oidc.all.databases", "*")
                .with("belay.access.admin-token-file", given.toString());
        assertThatIllegalStateException()
                .isThrownBy(() -> BelayProcess.start(place).close())
                .withMessageContaining("does not hold a token")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret\n"));
    }

    @Test
    void an_issuer_that_is_away_keeps_out_its_own_and_nobody_else() throws Exception {
        Path given = place.directory().resolve("admin-token");
        String admin = newToken();
        Files.writeString(given, admin);
        place.with("belay.access.admin-token-file", given.toString())
                .with("quarkus.oidc.tenant-enabled", "true")
                .with("quarkus.oidc.auth-server-url", "http://127.0.0.1:9")
                .with("quarkus.oidc.token.audience", "belay");
        try (BelayProcess service = BelayProcess.start(place)) {
            assertThat(status(service, admin)).isEqualTo(200);
            assertThat(status(service, "eyJhbGciOiJSUzI1NiJ9.e30.c2ln")).isEqualTo(503);
            assertThat(status(service, "")).isEqualTo(401);
        }
    }

    private static String newToken() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar",
                        "token")
                .start();
        String token = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(token).matches(TOKEN);
        return token;
    }

    private static List<String> shown(BelayProcess service) {
        return TOKEN.matcher(String.join("\n", service.log()))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static int status(BelayProcess service, String token) {
        return as(service, token).get("/databases").statusCode();
    }

    private static RequestSpecification as(BelayProcess service, String token) {
        RequestSpecification request = given().baseUri(service.api().base().toString());
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private String query(String sql) throws SQLException {
        try (Connection session = control();
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection session = control();
                Statement statement = session.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private Connection control() throws SQLException {
        var server = place.control().server();
        return DriverManager.getConnection(place.control().jdbcUrl(), server.user(), server.password());
    }
}
