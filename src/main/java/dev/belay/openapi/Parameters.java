package dev.belay.openapi;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** What a parameter means wherever it comes. */
final class Parameters {

    private static final String CURSOR = "cursor";

    private record Meaning(String description, Object example) {}

    private static final Map<String, Meaning> MEANINGS = Map.ofEntries(
            said("wait", "How long to hold the answer until it is done, at most 25s", "2s"),
            said("Prefer", "The same as wait, as RFC 7240 has it: wait=25", "wait=2"),
            said("If-None-Match", "An ETag; the answer is 304 as long as nothing has changed since", "\"1\""),
            said(
                    "Idempotency-Key",
                    "Yours to choose, 1 to 255 characters. The same request under the same key is the same job; another one under it is refused with 422",
                    "release-42"),
            said("Last-Event-ID", "The id of the last event that was seen; those after it come", 0),
            said("state", "Only jobs in this state", "SUCCEEDED"),
            said("database", "Only what is about this managed database", "madaris"),
            said("createdAfter", "Only jobs that were asked for after this instant", "2026-01-31T12:00:00Z"),
            said("limit", "How many to answer at most", 20),
            said(CURSOR, "Where the page begins: next of the page before", ""),
            said("caller", "Only what this caller sent", "anonymous"),
            said("status", "Only what was answered with this status", 202),
            said("since", "Only what was answered at this instant or later", "2026-01-31T12:00:00Z"),
            said("until", "Only what was answered before this instant", "2036-01-31T12:00:00Z"),
            said("method", "Only what was sent with this method", "POST"),
            said("after", "Only entries with a greater number", 0),
            said("id", "As the answer to the POST that made it has it", ""),
            said("name", "By its name in the configuration", "madaris"),
            said("module", "A module of the project", "madaris"),
            said("max", "The newest version that will do", "2"),
            said(
                    "file",
                    "The name of the file, as the list of undo scripts has it",
                    "U2__rename_member_to_student.sql"),
            said("path", "Where the file belongs below the project's folder, as the list of files has it", ""));

    private Parameters() {}

    private static Map.Entry<String, Meaning> said(String name, String description, Object example) {
        return Map.entry(name, new Meaning(description, example));
    }

    /**
     * Fills in what the annotations leave out.
     *
     * @param known examples of this very path, by the parameters' names
     */
    static void describe(String path, Operation operation, Map<String, String> known) {
        for (Parameter parameter : Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())) {
            Meaning meaning = MEANINGS.get(parameter.getName());
            if (meaning != null) {
                if (parameter.getDescription() == null) {
                    parameter.setDescription(meaning.description);
                }
                if (parameter.getExample() == null && !meaning.example.equals("")) {
                    parameter.setExample(meaning.example);
                }
            }
            if (parameter.getName().equals(CURSOR)) {
                parameter.setExample(cursor(path));
            }
            if (known.containsKey(parameter.getName())) {
                parameter.setExample(known.get(parameter.getName()));
            }
        }
    }

    /** A listing takes only those that it gave out. */
    private static String cursor(String path) {
        byte[] text = (path.substring(1) + " 1000000").getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }
}
