package dev.belay.openapi;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The headers of answers, each described once. */
enum Headers {
    LOCATION(
            "Location",
            "Where it is, as an absolute URI",
            "http://127.0.0.1:8080/backups/7a1f6c1e-1f0b-4f0e-9a55-0d6f7c3a2b11"),
    RETRY_AFTER(
            "Retry-After", "After how many seconds asking again is of use; on a job, as long as it is not done", "2"),
    ETAG("ETag", "What If-None-Match can be asked with", "\"7\""),
    LINK(
            "Link",
            "Where the next page is, with rel=\"next\"; not there on the last",
            "<http://127.0.0.1:8080/backups?cursor=MTAwMDAwMA>; rel=\"next\""),
    IDEMPOTENT_REPLAYED("Idempotent-Replayed", "\"true\" when the Idempotency-Key had started this job before", "true"),
    WWW_AUTHENTICATE("WWW-Authenticate", "How to say who you are", "Bearer realm=\"belay\""),
    CONTENT_DISPOSITION(
            "Content-Disposition",
            "Under which name to keep the file",
            "attachment; filename=\"U2__rename_member_to_student.sql\""),
    VARY("Vary", "That the answer depends on Accept", "Accept"),
    CACHE_CONTROL("Cache-Control", "That nothing on the way may keep it", "no-store");

    private final String wire;
    private final String description;
    private final String example;

    Headers(String wire, String description, String example) {
        this.wire = wire;
        this.description = description;
        this.example = example;
    }

    static void declare(Components components) {
        for (Headers header : values()) {
            boolean number = header.example.matches("\\d+");
            components.addHeader(
                    header.wire,
                    OASFactory.createHeader()
                            .description(header.description)
                            .example(number ? Integer.valueOf(header.example) : header.example)
                            .schema(OASFactory.createSchema()
                                    .addType(number ? SchemaType.INTEGER : SchemaType.STRING)));
        }
    }

    void of(@Nullable APIResponse answer) {
        if (answer != null) {
            Header reference = OASFactory.createHeader().ref("#/components/headers/" + wire);
            answer.addHeader(wire, reference);
        }
    }

    /** Says which of its answers have which headers. */
    static void describe(Operation operation) {
        APIResponse ok = answer(operation, "200");
        APIResponse accepted = answer(operation, "202");
        String id = operation.getOperationId();
        LOCATION.of(accepted);
        RETRY_AFTER.of(accepted);
        if (takes(operation, "Idempotency-Key")) {
            IDEMPOTENT_REPLAYED.of(accepted);
        }
        if (takes(operation, "cursor")) {
            LINK.of(ok);
        }
        if (takes(operation, "If-None-Match")) {
            ETAG.of(ok);
            RETRY_AFTER.of(ok);
            ETAG.of(answer(operation, "304"));
        }
        if (Stream.of("Plan", "Review", "Relations", "getProject", "AuditTrail").anyMatch(id::endsWith)) {
            VARY.of(ok);
        }
        if (id.equals("getMigrationPlan")) {
            ETAG.of(ok);
        }
        if (Stream.of("Zip", "UndoScript").anyMatch(id::endsWith)) {
            CONTENT_DISPOSITION.of(ok);
        }
        if (id.equals("createToken")) {
            List.of(LOCATION, CACHE_CONTROL).forEach(header -> header.of(answer(operation, "201")));
        }
    }

    static boolean takes(Operation operation, String parameter) {
        return operation.getParameters() != null
                && operation.getParameters().stream().map(Parameter::getName).anyMatch(parameter::equals);
    }

    static @Nullable APIResponse answer(Operation operation, String status) {
        return operation.getResponses().getAPIResponse(status);
    }
}
