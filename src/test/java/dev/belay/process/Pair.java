package dev.belay.process;

import dev.belay.access.GuardedResource;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Two services that ask their callers who they are, with one control database on a server that a test may stop. */
final class Pair implements AutoCloseable {

    private final PrivateServer server = PrivateServer.start();
    private final DatabaseAddress control = server.address().database("control");
    private final List<BelayProcess> replicas = new ArrayList<>();

    private Pair() {}

    /** @param sealed the one that only somebody else's approval lets a migration change */
    static Pair start(DatabaseAddress sealed, DatabaseAddress... shops) {
        Pair pair = new Pair();
        TestPostgres.execute(pair.server.address().maintenance(), "CREATE DATABASE control");
        List<DatabaseAddress> all =
                Stream.concat(Stream.of(sealed), Stream.of(shops)).toList();
        Workplace first = pair.place(all).with("belay.databases." + sealed.name() + ".environment", "production");
        Workplace second = pair.place(all)
                .with("belay.databases." + sealed.name() + ".environment", "production")
                .with("belay.backups.directory", first.backups().toString());
        pair.replicas.add(BelayProcess.start(first));
        pair.replicas.add(BelayProcess.start(second));
        return pair;
    }

    private Workplace place(List<DatabaseAddress> shops) {
        String[] names = shops.stream().map(DatabaseAddress::name).toArray(String[]::new);
        Workplace place = Workplace.of(TestPostgres.server(), Shop.quickProject(), names)
                .with("quarkus.datasource.jdbc.url", control.jdbcUrl())
                .with("quarkus.datasource.username", control.server().user())
                .with(
                        "quarkus.datasource.password",
                        String.valueOf(control.server().password()))
                .with("belay.access.required", "true")
                .with("belay.limits.heartbeat", "3s");
        try {
            return place.with(
                    "belay.access.admin-token-file",
                    Files.writeString(place.directory().resolve("token"), GuardedResource.ADMIN)
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PrivateServer server() {
        return server;
    }

    BelayProcess replica(int number) {
        return replicas.get(number);
    }

    /** Which of the two works on a job. */
    int runnerOf(String id) {
        for (int i = 0; i < replicas.size(); i++) {
            if (replicas.get(i).log().stream().anyMatch(line -> line.contains(id) && line.contains(" begins"))) {
                return i;
            }
        }
        throw new IllegalStateException("nobody works on " + id);
    }

    Client admin(int replica) {
        return new Client(replicas.get(replica), GuardedResource.ADMIN);
    }

    /** A token for somebody, which is good at both, for one database or for "*". */
    String token(String subject, String role, String database) {
        Map<String, Object> grant = Map.of("role", role, "databases", List.of(database));
        return admin(0).post("/tokens", Map.of("subject", subject, "grants", List.of(grant)))
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    Client as(String token, int replica) {
        return new Client(replicas.get(replica), token);
    }

    @Override
    public void close() {
        replicas.forEach(BelayProcess::close);
        server.close();
    }
}
