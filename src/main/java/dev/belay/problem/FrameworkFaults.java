package dev.belay.problem;

/** What the framework refuses before Belay sees it, in Belay's words. */
final class FrameworkFaults {

    private static final String UNTOUCHED = " Nothing was done. ";

    private FrameworkFaults() {}

    static ProblemException explain(int status) {
        return switch (status) {
            case 404 ->
                ProblemType.NOT_FOUND.because("Nothing is found at this path." + UNTOUCHED
                        + "GET /q/openapi or /q/swagger-ui in a browser shows every path.");
            case 405 ->
                ProblemType.METHOD_NOT_ALLOWED.because("This path does not know the method of the request." + UNTOUCHED
                        + "GET /q/openapi shows what each path knows.");
            case 406 ->
                ProblemType.NOT_ACCEPTABLE.because("The answer does not come in any media type of the Accept"
                        + " header." + UNTOUCHED + "Ask for application/json.");
            case 413 -> tooLarge();
            case 415 ->
                ProblemType.UNSUPPORTED_MEDIA_TYPE.because("The body has a media type that this path does not"
                        + " read." + UNTOUCHED + "Send JSON with Content-Type: application/json.");
            default ->
                ProblemType.INVALID_REQUEST.because(
                        "The request cannot be read." + UNTOUCHED + "GET /q/openapi shows what this path takes.");
        };
    }

    static ProblemException tooLarge() {
        return ProblemType.PAYLOAD_TOO_LARGE.because(
                "The body of a request has at most 1 MiB." + UNTOUCHED + "Send what the path asks for and no more.");
    }

    static ProblemException unforeseen() {
        return ProblemType.INTERNAL_ERROR.because(
                "The request failed for a reason that Belay does not know. If it was to start a job, GET the jobs"
                        + " of that kind before sending it again; the log has the details under the traceId.");
    }
}
