package dev.belay.process;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory of its own for one service: its configuration, its data, its temporary files and the project. */
final class Workplace {

    private final Path directory;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();

    private Workplace(Path directory) {
        this.directory = directory;
    }

    /** A place for a service that manages nothing. */
    static Workplace empty() {
        try {
            Path directory = Files.createTempDirectory("belay-process-").toRealPath();
            Files.createDirectory(directory.resolve("temporary"));
            return new Workplace(directory)
                    .with("belay.access.required", "false")
                    .with("belay.data-directory", directory.resolve("data").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A place for a service that manages the given databases on one server. */
    static Workplace of(ServerAddress server, Project project, String... databases) {
        try {
            Workplace place = empty();
            Path folder = place.directory.resolve("project");
            project.write(folder);
            place.with("belay.servers.main.host", server.host())
                    .with("belay.servers.main.port", String.valueOf(server.port()))
                    .with("belay.servers.main.user", server.user())
                    .with(
                            "belay.servers.main.password-file",
                            place.secret("main-password", server.password()).toString())
                    .with("belay.servers.main.sslmode", "disable")
                    .with("belay.projects.shop.path", folder.toString())
                    .with("belay.jobs.max-attempts", "100");
            for (String database : databases) {
                place.with("belay.databases." + database + ".server", "main")
                        .with("belay.databases." + database + ".project", "shop")
                        .with("belay.databases." + database + ".environment", "development");
            }
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file beside the data, for what nobody may find anywhere else; written anew when it is there. */
    Path secret(String name, @org.jspecify.annotations.Nullable String text) {
        try {
            Path folder = Files.createDirectories(directory.resolve("secrets"));
            return Files.writeString(folder.resolve(name), text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the service's process finds in its environment. */
    Workplace withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Map<String, String> environment() {
        return environment;
    }

    Workplace without(String key) {
        settings.remove(key);
        return this;
    }

    Workplace with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    void writeConfiguration() throws IOException {
        Files.createDirectories(directory.resolve("config"));
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) ->
                text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n'));
        Files.writeString(directory.resolve("config").resolve("application.properties"), text);
    }

    Path directory() {
        return directory;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path backups() {
        return Path.of(settings.getOrDefault(
                "belay.backups.directory", data().resolve("backups").toString()));
    }

    Path temporary() {
        return directory.resolve("temporary");
    }

    Path log() {
        return directory.resolve("service.log");
    }

    /** The control database on the server that the service starts itself. */
    DatabaseAddress control() {
        return embedded("control", "belay").database("belay");
    }

    boolean hasScratchServer() {
        return Files.exists(pidFile("scratch"));
    }

    ServerAddress scratch() {
        return embedded("scratch", "belay_scratch");
    }

    Path pidFile(String server) {
        return data().resolve(server).resolve("data").resolve("postmaster.pid");
    }

    private ServerAddress embedded(String server, String user) {
        try {
            int port =
                    Integer.parseInt(Files.readAllLines(pidFile(server)).get(3).strip());
            String password =
                    Files.readString(data().resolve(server).resolve("password")).strip();
            return new ServerAddress("127.0.0.1", port, user, password, "disable", null, "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything in a folder whose name has the given form; nothing when there is no such folder. */
    static List<Path> list(Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        delete(directory);
    }

    static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
