package dev.belay.openapi;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.PathItem;

/**
 * A readable id for each operation. Several resources inherit the same methods, so that ids from method names would collide.
 * The path says it anyway: listBackups, createBackup, getBackup, getBackupOutcome, cancelBackup, createMigrationApproval.
 */
final class OperationNames {

    private OperationNames() {}

    static String of(String path, PathItem.HttpMethod method) {
        List<String> words = Stream.of(path.split("/"))
                .filter(word -> !word.isEmpty() && !word.startsWith("{"))
                .map(OperationNames::capital)
                .toList();
        String things = words.get(0);
        String thing = things.replaceFirst("(?<=sh)es$|s$", "");
        boolean one = path.contains("{");
        boolean get = method == PathItem.HttpMethod.GET;
        if (!one) {
            return get ? "list" + things : "create" + thing;
        }
        String rest = String.join("", words.subList(1, words.size()));
        if (get) {
            return "get" + thing + rest;
        }
        return rest.endsWith("s")
                ? "create" + thing + rest.substring(0, rest.length() - 1)
                : rest.toLowerCase(Locale.ROOT) + thing;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
