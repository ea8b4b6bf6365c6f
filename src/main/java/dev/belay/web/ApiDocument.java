package dev.belay.web;

import dev.belay.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/**
 * What the annotations of the API's document cannot say once for all: tags in the order of the work, a readable id for each
 * operation, and that each may answer a problem.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setTags(List.of(
                tag("Databases", "The managed databases: schema state, gates, relations"),
                tag("Projects", "Modules, their order, and which depend on which"),
                tag("Audits", "What a migration would touch, and the rows it would stumble over; only read"),
                tag("Drafts", "New scripts, written for a person to review, and proven"),
                tag("Backups", "Backups that count, because they were restored and found equal"),
                tag("Migrations", "Backed up, proven, rehearsed, then applied and verified"),
                tag("Rollbacks", "The way back, with what applications wrote since"),
                tag("Acceptances", "Everything that a project wants asked, asked at once; nothing it tries stays"),
                tag("Roles", "Who may do what: made, and tried"),
                tag("Relabels", "The history that a squash has left, given to a database that has the old one"),
                tag("Refreshes", "Staging from a proven backup of production, masked on the way"),
                tag("Resets", "Development databases begun anew")));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                    if (operation.getOperationId() == null) {
                        operation.setOperationId(name(path, method));
                    }
                    mayFail(operation);
                }));
    }

    private static Tag tag(String name, String description) {
        return OASFactory.createTag().name(name).description(description);
    }

    private static void mayFail(Operation operation) {
        MediaType problem =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        // The framework's own, which has no content.
        operation.getResponses().removeAPIResponse("400");
        operation
                .getResponses()
                .setDefaultValue(OASFactory.createAPIResponse()
                        .description("A problem (RFC 9457)")
                        .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem)));
    }

    /**
     * Several resources inherit the same methods, so that ids from method names would collide. The path says it anyway:
     * listBackups, createBackup, getBackup, getBackupOutcome, cancelBackup,
     * createMigrationApproval.
     */
    static String name(String path, PathItem.HttpMethod method) {
        List<String> words = Stream.of(path.split("/"))
                .filter(word -> !word.isEmpty() && !word.startsWith("{"))
                .map(ApiDocument::capital)
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
