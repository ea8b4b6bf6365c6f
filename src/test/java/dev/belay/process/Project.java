package dev.belay.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The scripts of a project whose databases begin at version 1, made by hand. */
record Project(Map<String, String> scripts) {

    Project {
        scripts = Map.copyOf(scripts);
    }

    Project with(String file, String sql) {
        Map<String, String> more = new TreeMap<>(scripts);
        more.put(file, sql);
        return new Project(more);
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("migrations"));
        Files.writeString(
                folder.resolve("belay.yaml"),
                "project: shop\nmodules:\n  - name: shop\n    path: migrations\n    baseline: \"1\"\n");
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            Files.writeString(folder.resolve("migrations").resolve(script.getKey()), script.getValue());
        }
    }
}
