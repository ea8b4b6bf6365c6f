package dev.belay.stage;

import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;

/** A server for the target, and Belay beside it, in folders from which the last run is gone. */
public final class SetUp {

    private final Folders folders;
    private final Narrator narrator;
    private final Running running;

    public SetUp(Folders folders, Narrator narrator, Running running) {
        this.folders = folders;
        this.narrator = narrator;
        this.running = running;
    }

    /**
     * Starts the target's server.
     *
     * @param role that the application logs in as
     * @param databases that are made, empty
     */
    public TargetServer server(String role, String... databases) throws Exception {
        return narrator.timed(
                "server",
                () -> open(role, databases),
                started -> "PostgreSQL " + started.version() + ", "
                        + (databases.length == 1 ? "the database " : "the databases ") + String.join(", ", databases));
    }

    /** Starts Belay, and waits until it is ready. */
    public Stage belay(TargetServer server, Map<String, String> configuration) throws Exception {
        Service service =
                narrator.timed("Belay", () -> start(configuration), started -> "ready, its own control database too");
        Client client = new Client(service.base());
        Report report = narrator.report();
        report.version(
                "Belay",
                client.get("/q/openapi?format=json")
                        .body()
                        .path("info")
                        .path("version")
                        .asText());
        report.version("PostgreSQL", server.version());
        report.version("Java", Runtime.version().toString());
        narrator.check("Belay's own rights on that server", "NOSUPERUSER CREATEDB CREATEROLE", server.rights());
        return new Stage(folders, narrator, client, new Jobs(client, narrator, Clock.systemUTC()));
    }

    private TargetServer open(String role, String... databases) throws Exception {
        Leftovers leftovers = new Leftovers(folders);
        leftovers.stop();
        leftovers.remove();
        Files.createDirectories(folders.home());
        TargetServer server = running.add(TargetServer.open(folders, role));
        for (String database : databases) {
            server.create(database);
        }
        return server;
    }

    private Service start(Map<String, String> configuration) throws Exception {
        Service service = running.add(Service.start(folders, configuration));
        service.awaitReady(new Client(service.base()));
        return service;
    }
}
