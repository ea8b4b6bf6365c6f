package dev.belay.demo;

import java.nio.file.Files;
import java.time.Clock;

/** Part 0: a school with five years of data, and Belay beside it. */
final class SetUp {

    private final Folders folders;
    private final Narrator narrator;
    private final Running running;

    SetUp(Folders folders, Narrator narrator, Running running) {
        this.folders = folders;
        this.narrator = narrator;
        this.running = running;
    }

    Stage play() throws Exception {
        narrator.part(
                "A school's server, and Belay beside it",
                "A PostgreSQL server with the portal's database. Version 1 was applied by plain Flyway, as the portal's"
                        + " own role, and nothing there knows of Belay. Belay is the packaged service in a process of"
                        + " its own; from here on it is spoken to over HTTP alone.");
        School school = narrator.timed(
                "server", this::open, started -> "PostgreSQL " + started.version() + ", the database madaris");
        narrator.timed("version 1", school::applyFirstVersion, script -> script + ", by Flyway itself");
        narrator.timed("data", school::load, members -> Text.count(members) + " members and what belongs to them");
        Service service =
                narrator.timed("Belay", () -> belay(school), started -> "ready, its own control database too");
        Client client = new Client(service.base());
        versions(school, client);
        return new Stage(folders, narrator, school, client, new Jobs(client, narrator, Clock.systemUTC()));
    }

    private School open() throws Exception {
        Leftovers leftovers = new Leftovers(folders);
        leftovers.stop();
        leftovers.remove();
        Files.createDirectories(folders.home());
        return running.add(School.open(folders));
    }

    private Service belay(School school) throws Exception {
        Service service = running.add(Service.start(folders, school));
        service.awaitReady(new Client(service.base()));
        return service;
    }

    private void versions(School school, Client client) throws Exception {
        Report report = narrator.report();
        report.version(
                "Belay",
                client.get("/q/openapi?format=json")
                        .body()
                        .path("info")
                        .path("version")
                        .asText());
        report.version("PostgreSQL", school.version());
        report.version("Java", Runtime.version().toString());
    }
}
