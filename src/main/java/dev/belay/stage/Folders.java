package dev.belay.stage;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where things lie.
 *
 * @param project the demo project, as it is in the repository
 * @param home everything the demo makes
 */
public record Folders(Path project, Path home) {

    /** The demo that is shown unless another is named; it has the plain folder. */
    public static final String FIRST = "madaris";

    /** Those of a demo, as the script {@code belay} places them; it runs the demo in the repository's root. */
    public static Folders of(String project, Path root, @Nullable String belayHome) {
        Path data = (belayHome == null || belayHome.isEmpty() ? root : Path.of(belayHome)).resolve("data");
        return new Folders(
                root.resolve("deploy/projects")
                        .resolve(project)
                        .toAbsolutePath()
                        .normalize(),
                data.resolve(project.equals(FIRST) ? "demo" : "demo-" + project)
                        .toAbsolutePath()
                        .normalize());
    }

    /** The data of the target's server. */
    public Path server() {
        return home.resolve("server");
    }

    /** The service's own data. */
    public Path belay() {
        return home.resolve("belay");
    }

    public Path configuration() {
        return home.resolve("config/application.properties");
    }

    public Path serviceLog() {
        return home.resolve("service.log");
    }

    public Path servicePid() {
        return home.resolve("service.pid");
    }

    public Path lock() {
        return home.resolve("demo.lock");
    }

    public Path ownLog() {
        return home.resolve("demo.log");
    }

    public Path markdown() {
        return home.resolve("report.md");
    }

    public Path html() {
        return home.resolve("report.html");
    }

    /** The strategy document of the migration, as a page. */
    public Path plan() {
        return home.resolve("plan.html");
    }

    /** A libpq password file of the application's role, for a person with psql. */
    public Path passwords() {
        return home.resolve("application.pgpass");
    }

    public static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
