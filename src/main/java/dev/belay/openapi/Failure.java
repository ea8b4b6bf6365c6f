package dev.belay.openapi;

import dev.belay.problem.Problem;
import dev.belay.problem.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/** The ways in which operations fail, each described once. */
enum Failure {
    INVALID_REQUEST(
            "400",
            "The request is not valid; errors says which part of it",
            ProblemType.INVALID_REQUEST,
            "database must match the rule. Nothing was done. Mend it, then ask again."),
    UNAUTHORIZED(
            "401",
            "The request does not say who sent it, or says it with a token that is not good",
            ProblemType.UNAUTHORIZED,
            "The request does not say who sent it, or says it with a token that is not known, expired or revoked. Nothing"
                    + " was done. Send a token as Authorization: Bearer …; an admin makes one by POST /tokens."),
    FORBIDDEN(
            "403",
            "The caller does not have the role that is needed",
            ProblemType.FORBIDDEN,
            "The caller argo does not have the role OPERATOR for the database madaris. Nothing was done. An admin can give a"
                    + " token that has it."),
    NOT_FOUND(
            "404",
            "There is no such thing",
            ProblemType.NOT_FOUND,
            "No database is configured under the name \"atlantis\". GET /databases lists those there are."),
    NOT_ACCEPTABLE(
            "406",
            "The answer does not come in a media type that Accept asks for",
            ProblemType.NOT_ACCEPTABLE,
            "The answer does not come in any media type of the Accept header. Nothing was done. Ask for application/json."),
    CONFLICT(
            "409",
            "The request does not fit the current state",
            ProblemType.CONFLICT,
            "The job is over. Nothing was done."),
    PLAN_CHANGED(
            "412",
            "It is another plan, or a script, the schema or the policy was changed since",
            ProblemType.PLAN_CHANGED,
            "The plan of the migration is another one. Nothing was approved. Read it, then approve it by its digest."),
    PAYLOAD_TOO_LARGE(
            "413",
            "The body is too large",
            ProblemType.PAYLOAD_TOO_LARGE,
            "The body of a request has at most 1 MiB. Nothing was done. Send what the path asks for and no more."),
    UNSUPPORTED_MEDIA_TYPE(
            "415",
            "The body is not JSON",
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "The body has a media type that this path does not read. Nothing was done. Send JSON with Content-Type:"
                    + " application/json."),
    IDEMPOTENCY_KEY_REUSED(
            "422",
            "The Idempotency-Key was used for another request, or the project's files are not valid",
            ProblemType.IDEMPOTENCY_KEY_REUSED,
            "The idempotency key was used for another request. Nothing was started. Send this one under another key."),
    TOO_MANY_REQUESTS(
            "429",
            "The caller asks for too much at once; after Retry-After there is room again",
            ProblemType.TOO_MANY_REQUESTS,
            "The caller argo sends more requests than one may. Nothing was done. Send it again in 1 s."),
    UNAVAILABLE(
            "503",
            "Belay's own control database cannot be reached",
            ProblemType.DATABASE_UNREACHABLE,
            "Belay's own control database cannot be reached, so nothing was done and no managed database was touched. Ask"
                    + " again later; /q/health/ready turns UP when it is back."),
    OTHER(
            "default",
            "Any other problem",
            ProblemType.INTERNAL_ERROR,
            "The request failed for a reason that Belay does not know. If it was to start a job, GET the jobs of that kind"
                    + " before sending it again; the log has the details under the traceId.");

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Set<Failure> RETRYABLE = Set.of(TOO_MANY_REQUESTS, UNAVAILABLE);

    private final String status;
    private final String description;
    private final @Nullable ProblemType type;
    private final String detail;

    Failure(String status, String description, @Nullable ProblemType type, String detail) {
        this.status = status;
        this.description = description;
        this.type = type;
        this.detail = detail;
    }

    static void declare(Components components) {
        for (Failure failure : values()) {
            APIResponse answer = OASFactory.createAPIResponse()
                    .description(failure.description)
                    .content(failure.content());
            if (failure == UNAUTHORIZED) {
                Headers.WWW_AUTHENTICATE.of(answer);
            }
            if (RETRYABLE.contains(failure)) {
                Headers.RETRY_AFTER.of(answer);
            }
            components.addResponse(failure.component(), answer);
        }
    }

    private Content content() {
        MediaType problem =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        if (type != null) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("type", type.uri());
            value.put("title", type.title());
            value.put("status", type.status());
            value.put("detail", detail);
            if (this == INVALID_REQUEST) {
                value.put(
                        "errors",
                        List.of(new TreeMap<>(Map.of("pointer", "#/database", "detail", "must not be blank"))));
            }
            value.put("traceId", TRACE);
            problem.addExample(type.slug(), OASFactory.createExample().value(value));
        }
        return OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem);
    }

    private String component() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** Says how an operation fails, besides what its annotations say. */
    static void describe(String path, Operation operation) {
        boolean body = operation.getRequestBody() != null;
        // the framework's own, which has no content
        operation.getResponses().removeAPIResponse("400");
        if (body || operation.getParameters() != null) {
            INVALID_REQUEST.of(operation);
        }
        if (!AccessRules.isOpen(operation)) {
            UNAUTHORIZED.of(operation);
            FORBIDDEN.of(operation);
        }
        if (body || path.contains("{")) {
            NOT_FOUND.of(operation);
        }
        NOT_ACCEPTABLE.of(operation);
        if (body) {
            PAYLOAD_TOO_LARGE.of(operation);
            UNSUPPORTED_MEDIA_TYPE.of(operation);
        }
        if (Headers.takes(operation, "Idempotency-Key")
                || path.endsWith("/cancel")
                || (path.endsWith("/approvals") && body)) {
            CONFLICT.of(operation);
        }
        if (path.endsWith("/approvals") && body) {
            PLAN_CHANGED.of(operation);
        }
        if (Headers.takes(operation, "Idempotency-Key")) {
            IDEMPOTENCY_KEY_REUSED.of(operation);
        }
        TOO_MANY_REQUESTS.of(operation);
        UNAVAILABLE.of(operation);
        OTHER.of(operation);
    }

    /** Where the operation answers something of its own with this status, the problem comes beside it. */
    private void of(Operation operation) {
        APIResponses answers = operation.getResponses();
        APIResponse own = answers.getAPIResponse(status);
        if (own == null) {
            answers.addAPIResponse(status, OASFactory.createAPIResponse().ref("#/components/responses/" + component()));
        } else {
            own.getContent().addMediaType(Problem.MEDIA_TYPE, content().getMediaType(Problem.MEDIA_TYPE));
            if (RETRYABLE.contains(this)) {
                Headers.RETRY_AFTER.of(own);
            }
        }
    }
}
