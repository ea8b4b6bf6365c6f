package dev.belay.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.tags.Tag;

/** The order in which a person reads: of the work, and of one job from its start to what came of it. */
final class Order {

    private static final String TAGS = """
            Databases: The managed databases: schema state, gates, relations
            Projects: Modules, their order, and which depend on which
            Audits: What a migration would touch, and the rows it would stumble over; only read
            Drafts: New scripts, written for a person to review, and proven
            Backups: Backups that count, because they were restored and found equal
            Migrations: Backed up, proven, rehearsed, then applied and verified
            Rollbacks: The way back, with what applications wrote since
            Acceptances: Everything that a project wants asked, asked at once; nothing it tries stays
            Roles: Who may do what: made, and tried
            Relabels: The history that a squash has left, given to a database that has the old one
            Refreshes: Staging from a proven backup of production, masked on the way
            Resets: Development databases begun anew
            Access: Who may call Belay, and who did what
            """;

    /** What comes below one thing; what is not named comes between. */
    private static final List<String> FIRST = List.of("", "schema", "gate", "relations", "outcome", "events", "cancel");

    private Order() {}

    static List<Tag> tags() {
        return TAGS.lines()
                .map(line -> line.split(": ", 2))
                .map(tag -> OASFactory.createTag().name(tag[0]).description(tag[1]))
                .toList();
    }

    static void sort(OpenAPI document) {
        List<String> names = document.getTags().stream().map(Tag::getName).toList();
        List<Map.Entry<String, PathItem>> entries =
                new ArrayList<>(document.getPaths().getPathItems().entrySet());
        entries.sort(
                Comparator.comparingInt((Map.Entry<String, PathItem> entry) -> names.indexOf(tag(entry.getValue())))
                        .thenComparingInt(entry -> rank(entry.getKey()))
                        .thenComparing(Map.Entry::getKey));
        Paths sorted = OASFactory.createPaths();
        entries.forEach(entry -> sorted.addPathItem(entry.getKey(), entry.getValue()));
        document.setPaths(sorted);
    }

    private static String tag(PathItem item) {
        return item.getOperations().values().iterator().next().getTags().get(0);
    }

    private static int rank(String path) {
        if (!path.contains("{")) {
            return -1;
        }
        int known = FIRST.indexOf(path.replaceFirst("^/[^/]+/\\{[^}]+}/?", ""));
        return known < 0 ? FIRST.size() : known;
    }
}
