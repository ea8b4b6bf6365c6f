package dev.belay.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The queries of this package, each in a file of its own beside it. */
final class Sql {

    private Sql() {}

    static String load(String name) {
        try (InputStream file = Sql.class.getResourceAsStream(name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("no query named " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
