package dev.belay.plan;

import dev.belay.backup.Sha256;
import dev.belay.catalog.CatalogReader;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationVersion;

/**
 * What a plan rests on, as SHA-256 digests: when any of it has changed, the plan says nothing any more.
 *
 * @param scripts of every script that is run, forward or back, and of what its module sets, by their names for a person
 * @param schema of the database's catalog, as far as it counts in comparisons
 * @param policy of what has to hold before the database is changed
 */
public record Basis(SortedMap<String, String> scripts, String schema, String policy) {

    private static final String SETTINGS = "what belay.yaml says of ";

    public Basis {
        scripts = new TreeMap<>(scripts);
    }

    /** With the scripts as a job has frozen them, and the schema and the policy as they are. */
    public static Basis of(ManagedDatabase database, Scope scope) throws SQLException {
        SortedMap<String, String> scripts = new TreeMap<>();
        scope.parts().forEach(part -> add(scripts, part, part.module()));
        return basis(database, scope, scripts);
    }

    /**
     * With everything as it is now.
     *
     * @param project as its files are now
     */
    public static Basis now(ManagedDatabase database, Project project, Scope scope) throws SQLException {
        SortedMap<String, String> scripts = new TreeMap<>();
        for (Scope.Part part : scope.parts()) {
            project.modules().stream()
                    .filter(module -> module.name().equals(part.module().name()))
                    .forEach(module -> add(scripts, part, module));
        }
        return basis(database, scope, scripts);
    }

    /** SHA-256 of all of it, in hexadecimal. */
    public String digest() {
        return sha256(scripts.toString(), schema, policy);
    }

    /** What is no longer the same, each as a clause; empty when nothing has changed. */
    public List<String> differences(Basis now) {
        List<String> found = new ArrayList<>();
        scripts.forEach((name, digest) -> {
            String other = now.scripts.get(name);
            if (other == null) {
                found.add(name + " is no longer there");
            } else if (!other.equals(digest)) {
                found.add(name.startsWith(SETTINGS) ? name + " was changed" : "a script was changed: " + name);
            }
        });
        now.scripts.keySet().stream()
                .filter(name -> !scripts.containsKey(name))
                .forEach(name -> found.add("a script was added: " + name));
        if (!schema.equals(now.schema)) {
            found.add("the schema was changed since");
        }
        if (!policy.equals(now.policy)) {
            found.add("the policy was changed");
        }
        return List.copyOf(found);
    }

    private static Basis basis(ManagedDatabase database, Scope scope, SortedMap<String, String> scripts)
            throws SQLException {
        try (Connection session = database.address().open()) {
            String schema = new Comparison(scope.modules())
                    .of(CatalogReader.read(session))
                    .digest();
            return new Basis(scripts, schema, sha256(database.policy().toString()));
        }
    }

    /** What is run and its undo scripts, also one that was written only since. */
    private static void add(SortedMap<String, String> scripts, Scope.Part part, ProjectModule module) {
        List<MigrationVersion> versions = part.versions();
        for (Script script : module.scripts()) {
            boolean isUndo = script.kind() == Script.Kind.UNDO && versions.contains(script.migrationVersion());
            if (isUndo || part.files().contains(script.file())) {
                scripts.put(
                        module.name() + "/" + script.file(),
                        sha256(script.sql(), Objects.requireNonNullElse(script.configuration(), "")));
            }
        }
        scripts.put(
                SETTINGS + module.name(),
                sha256(
                        module.schema(),
                        module.history(),
                        Objects.requireNonNullElse(module.baseline(), ""),
                        new TreeMap<>(module.placeholders()).toString()));
    }

    private static String sha256(String... parts) {
        StringBuilder all = new StringBuilder();
        for (String part : parts) {
            all.append(part.length()).append(':').append(part);
        }
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
