package dev.belay.problem;

import java.util.List;
import java.util.Locale;

/**
 * Every kind of problem Belay tells of. The name, in lower case with hyphens, is the stable slug that clients may switch
 * on; once published it never changes its meaning.
 */
public enum ProblemType {
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHORIZED(401, "Who sent the request is not known"),
    FORBIDDEN(403, "The caller may not do this"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This path does not know that method"),
    NOT_ACCEPTABLE(406, "The answer does not come in the media type asked for"),
    REQUEST_TIMEOUT(408, "The request did not come in time"),
    PAYLOAD_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request has a media type that cannot be read"),
    CONFLICT(409, "The request does not fit the current state"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request"),
    TOO_MANY_REQUESTS(429, "The caller asks for more than there is for it"),
    INTERNAL_ERROR(500, "Something went wrong inside Belay"),

    CONFIGURATION_INVALID(500, "The configuration is not valid"),
    PROJECT_INVALID(422, "The project's files are not valid"),
    SCRIPT_INVALID(422, "A migration script is not valid"),
    HISTORY_NOT_USABLE(409, "The schema history does not allow this"),
    PREFLIGHT_REFUSED(409, "A precondition does not hold"),
    CANCELLED(409, "The job was cancelled"),
    LOCK_LOST(500, "The job lost its exclusive hold on the database"),

    TOOL_MISSING(500, "A PostgreSQL program is missing or has the wrong version"),
    TOOL_FAILED(500, "A PostgreSQL program failed"),
    ISSUER_UNREACHABLE(503, "The issuer of the token cannot be asked"),
    DATABASE_UNREACHABLE(503, "The database cannot be reached"),
    DATABASE_ERROR(500, "PostgreSQL answered with an error"),
    DISK_FULL(507, "There is not enough disk space"),

    BACKUP_NOT_PROVEN(409, "The backup could not be proven"),
    ARCHIVE_DAMAGED(500, "The archive is not what was written"),
    REHEARSAL_FAILED(409, "The rehearsal failed"),
    DRAFT_NOT_PROVEN(409, "The draft could not be proven"),
    CHECK_FAILED(409, "A check of the project failed"),
    NOT_REVERSIBLE(409, "The way back does not lead back"),
    SCHEMA_DRIFTED(409, "The schema is not the one that was expected"),
    RISK_TOO_HIGH(409, "The migration has a higher risk than may be applied"),
    PLAN_CHANGED(412, "The plan is no longer the one that was seen"),
    PLAN_STALE(409, "The plan is stale"),
    BACKUP_STALE(409, "The backup is too old"),
    FOUR_EYES(403, "Somebody else has to approve this"),
    WINDOW_TOO_SHORT(409, "The migration fits into no maintenance window"),
    MIGRATION_FAILED(409, "The migration failed"),
    VERIFICATION_FAILED(409, "The database is not as it was rehearsed"),
    ENVIRONMENT_REFUSED(403, "The environment of the database does not allow this"),
    MASKING_INCOMPLETE(409, "Columns that look personal have no masking rule"),
    MASKING_FAILED(409, "The copy could not be masked"),
    LOSS_NOT_ACCEPTED(409, "The rollback would leave rows behind"),
    SERVER_FAILED(500, "A server that Belay runs itself did not start or stop");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The stable name, such as {@code backup-not-proven}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String uri() {
        return "urn:belay:problem:" + slug();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /**
     * A query parameter or header that breaks a rule.
     *
     * @param rule what it has to be, as the end of a sentence, such as {@code must be a whole number}
     */
    public static ProblemException invalidParameter(String name, String rule) {
        return new ProblemException(
                INVALID_REQUEST,
                name + " " + rule + ". Nothing was done. Mend it, then ask again.",
                List.of(new Problem.FieldError(name, rule)),
                null);
    }

    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }

    public ProblemException because(String detail, Throwable cause) {
        return new ProblemException(this, detail, cause);
    }
}
