package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every password of this test has a mark in it that is nowhere else. Belay backs up, migrates, drafts, makes a superuser,
 * rolls back, and fails in several ways; then the mark is looked for wherever Belay writes.
 */
class SecretsIT {

    private static final String MARK = "m4rk-" + UUID.randomUUID().toString().substring(0, 13);
    private static final String ROLE = MARK.replace("m4rk-", "keeper_").replace('-', '_');

    private static final String USERS = "CREATE TABLE auth_user (id serial PRIMARY KEY, password text NOT NULL,"
            + " last_login timestamptz, is_superuser boolean NOT NULL, username text NOT NULL UNIQUE,"
            + " first_name text NOT NULL, last_name text NOT NULL, email text NOT NULL, is_staff boolean NOT NULL,"
            + " is_active boolean NOT NULL, date_joined timestamptz NOT NULL)";

    private static final String DESIRED = USERS + ";" + """
            CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, note text,
                tier text NOT NULL DEFAULT 'basic', city text);
            CREATE TABLE purchase (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                customer_id bigint NOT NULL REFERENCES customer, total numeric(10, 2) NOT NULL);
            CREATE INDEX ON purchase (customer_id);
            CREATE TABLE invoice (id bigint PRIMARY KEY, purchase_id bigint REFERENCES purchase);
            """;

    @TempDir
    private static Path folder;

    private static WatchedTools tools;
    private static DatabaseAddress shop;
    private static BelayProcess service;
    private static Overheard client;
    private static Onlooker onlooker;
    private static String bootstrap;
    private static String token;

    @BeforeAll
    static void play() throws Exception {
        TestPostgres.execute(
                TestPostgres.server().maintenance(),
                "CREATE ROLE " + ROLE + " SUPERUSER LOGIN PASSWORD '" + MARK + "-server'");
        tools = WatchedTools.in(folder);
        shop = Shop.create();
        TestPostgres.execute(shop, USERS);
        service = BelayProcess.start(place());
        bootstrap = Files.readString(service.place().data().resolve("bootstrap-token"))
                .strip();
        client = new Overheard(service.api().base(), bootstrap);
        token = client.given(
                "/tokens",
                "{\"subject\": \"me\", \"grants\": [{\"role\": \"ADMIN\", \"databases\": [\"*\"]}]}",
                "token");
        client.use(token);
        try (Onlooker watching = new Onlooker(service)) {
            onlooker = watching;
            goThereAndBack();
            goWrong();
        }
        assertThat(client.askAll(List.of(shop.name(), "wrong", "gone"), "shop")).isGreaterThan(80);
    }

    private static Workplace place() throws IOException {
        ServerAddress server = TestPostgres.server();
        ServerAddress marked =
                new ServerAddress(server.host(), server.port(), ROLE, MARK + "-server", "disable", null, "postgres");
        Workplace place = Workplace.of(marked, Shop.quickProject(), shop.name())
                .with("belay.access.required", "true")
                .with("belay.servers.main.binaries", tools.binaries().toString())
                .with("belay.scratch.binaries", tools.binaries().toString())
                .with("belay.control.binaries", tools.binaries().toString())
                .with("belay.jobs.reach-timeout", "2s")
                .with("quarkus.log.level", "DEBUG")
                .withEnvironment("BELAY_SERVERS_WRONG_PASSWORD", MARK + "-wrong")
                .withEnvironment("BELAY_SECRETS_LOGIN_VALUE", MARK + "-login")
                .withEnvironment("PGPASSWORD", MARK + "-pg")
                .withEnvironment("SOME_API_KEY", MARK + "-key");
        add(place, "wrong", server.port());
        add(place, "gone", 1);
        place.with(
                "belay.servers.gone.password-file",
                place.secret("gone", MARK + "-gone").toString());
        return place;
    }

    private static void add(Workplace place, String name, int port) {
        place.with("belay.servers." + name + ".host", "127.0.0.1")
                .with("belay.servers." + name + ".port", String.valueOf(port))
                .with("belay.servers." + name + ".user", ROLE)
                .with("belay.databases." + name + ".server", name)
                .with("belay.databases." + name + ".project", "shop");
    }

    private static void goThereAndBack() throws IOException {
        succeeded(client.job("backups", Jobs.on(shop)));
        succeeded(client.job("migrations", Jobs.on(shop)));
        write("belay.yaml", """
                modules: [{name: shop, path: migrations, baseline: "1"}]
                superuser: {username: admin, email: admin@shop.example, passwordFrom: login, iterations: 1000}
                """);
        succeeded(client.job("roles", Jobs.on(shop)));
        write("desired.sql", DESIRED);
        succeeded(client.job(
                "drafts",
                "{\"database\": \"" + shop.name()
                        + "\", \"kind\": \"diff\", \"desired\": {\"file\": \"desired.sql\"}}"));
        succeeded(client.job("rollbacks", Jobs.on(shop)));
    }

    /** A script that fails, a password that is wrong, a server that is not there, a token that is none. */
    private static void goWrong() throws IOException {
        write("migrations/V3__not_here.sql", """
                DO $$ BEGIN IF current_database() LIKE 'shop%' THEN RAISE EXCEPTION 'not here'; END IF; END $$;
                CREATE TABLE three (id int PRIMARY KEY);
                """);
        failed(client.job("migrations", Jobs.on(shop)), "migration-failed");
        failed(client.job("backups", "{\"database\": \"wrong\"}"), "database-error");
        failed(client.job("backups", "{\"database\": \"gone\"}"), "database-unreachable");
        client.use("belay_" + MARK);
        assertThat(client.get("/tokens").path("status").asInt()).isEqualTo(401);
        client.use(token);
    }

    private static void write(String file, String text) throws IOException {
        Files.writeString(service.place().directory().resolve("project").resolve(file), text);
    }

    private static void succeeded(JsonNode job) {
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("SUCCEEDED");
    }

    private static void failed(JsonNode job, String problem) {
        assertThat(job.path("error").path("type").asText())
                .as(job.toPrettyString())
                .endsWith(":" + problem);
    }

    @AfterAll
    static void end() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void a_program_gets_the_password_from_a_file_that_only_its_owner_reads() throws IOException {
        assertThat(tools.seen("pg_dump").stream().filter(seen -> seen.contains("passfile=")))
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen).contains("passfile-mode: 600 lines: 1"));
        assertThat(onlooker.seen("pg_restore").stream().filter(seen -> seen.contains("passfile=")))
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen).contains("passfile-mode: rw-------"));
        assertThat(Workplace.list(service.place().temporary(), ".*\\.pgpass")).isEmpty();
    }

    @Test
    void no_program_has_a_secret_in_its_arguments_or_environment() throws IOException {
        String[] secrets = secrets();
        for (String program : List.of("pg_dump", "initdb", "pg_ctl", "pg_restore")) {
            List<String> all = program.equals("pg_restore") ? onlooker.seen(program) : tools.seen(program);
            assertThat(all).as(program).isNotEmpty().allSatisfy(seen -> {
                assertThat(seen).doesNotContain(secrets);
                assertThat(seen.substring(seen.indexOf("environment:")))
                        .contains("PATH=")
                        .doesNotContain("BELAY_", "QUARKUS_", "PGPASSWORD", "SOME_API_KEY");
            });
        }
        assertThat(Files.readString(Path.of("/proc/" + service.pid() + "/cmdline")))
                .doesNotContain(secrets());
    }

    @Test
    void no_answer_tells_a_secret() throws IOException {
        for (String answer : client.answers()) {
            assertThat(answer).doesNotContain(secrets());
        }
    }

    @Test
    void no_log_tells_a_secret_but_the_first_token_which_is_shown_once() throws IOException {
        assertThat(service.log()).hasSizeGreaterThan(200);
        String[] secrets = secrets();
        List<String> telling = service.log().stream()
                .filter(line -> Stream.of(secrets).anyMatch(line::contains))
                .toList();
        assertThat(telling).singleElement().asString().contains("It is shown this once: " + bootstrap);
    }

    @Test
    void no_file_that_belay_writes_holds_a_secret() throws IOException {
        List<Path> holding = new ArrayList<>();
        int files = 0;
        try (Stream<Path> tree = Files.walk(service.place().directory())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files++;
                String bytes = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
                if (Stream.of(secrets()).anyMatch(bytes::contains)) {
                    holding.add(service.place().directory().relativize(file));
                }
            }
        }
        assertThat(files).isGreaterThan(1000);
        assertThat(holding)
                .extracting(Path::toString)
                .containsExactlyInAnyOrder(
                        "secrets/main-password",
                        "secrets/gone",
                        "service.log",
                        "data/control/password",
                        "data/scratch/password");
    }

    @Test
    void no_table_of_the_control_database_and_none_of_the_managed_one_holds_a_secret() throws IOException {
        for (DatabaseAddress database : List.of(service.place().control(), shop)) {
            List<String> tables = Invariants.ask(
                    database,
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')");
            assertThat(tables).hasSizeGreaterThan(3);
            for (String table : tables) {
                for (String row : Invariants.ask(database, "SELECT t::text FROM " + table + " t")) {
                    assertThat(row).as(table).doesNotContain(secrets());
                    for (String secret : secrets()) {
                        assertThat(row)
                                .as(table)
                                .doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII)));
                    }
                }
            }
        }
    }

    /** The mark, the tokens, and the passwords of the servers that Belay runs itself. */
    private static String[] secrets() throws IOException {
        Path data = service.place().data();
        return new String[] {
            MARK,
            token,
            bootstrap,
            Files.readString(data.resolve("control/password")).strip(),
            Files.readString(data.resolve("scratch/password")).strip()
        };
    }
}
