package dev.belay.demo;

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
record Folders(Path project, Path home) {

    /** As the script {@code belay} places them; it runs the demo in the repository's root. */
    static Folders of(Path root, @Nullable String belayHome) {
        Path data = (belayHome == null || belayHome.isEmpty() ? root : Path.of(belayHome)).resolve("data");
        return new Folders(
                root.resolve("deploy/projects/madaris").toAbsolutePath().normalize(),
                data.resolve("demo").toAbsolutePath().normalize());
    }

    Path school() {
        return home.resolve("school");
    }

    /** The service's own data. */
    Path belay() {
        return home.resolve("belay");
    }

    Path configuration() {
        return home.resolve("config/application.properties");
    }

    Path serviceLog() {
        return home.resolve("service.log");
    }

    Path servicePid() {
        return home.resolve("service.pid");
    }

    Path lock() {
        return home.resolve("demo.lock");
    }

    Path ownLog() {
        return home.resolve("demo.log");
    }

    Path markdown() {
        return home.resolve("report.md");
    }

    Path html() {
        return home.resolve("report.html");
    }

    /** The strategy document of the migration, as a page. */
    Path plan() {
        return home.resolve("plan.html");
    }

    /** A libpq password file of the portal's role, for a person with psql. */
    Path passwords() {
        return home.resolve("madaris.pgpass");
    }

    static void remove(Path tree) throws IOException {
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
