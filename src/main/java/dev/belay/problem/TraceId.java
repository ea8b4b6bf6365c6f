package dev.belay.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The id that joins what a client was told with what the log says: the trace-id of W3C Trace Context where the client
 * sends one, so that it is also the one in its own traces.
 */
public final class TraceId {

    private static final String KEY = "traceId";

    /** Version ff is not valid, and later versions may add fields. An id of zeros is not valid either. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private TraceId() {}

    /**
     * Begins the trace of a request.
     *
     * @param traceparent the header; null when there is none
     */
    public static void begin(@Nullable String traceparent) {
        MDC.put(KEY, of(traceparent));
    }

    static String of(@Nullable String traceparent) {
        if (traceparent != null) {
            Matcher matcher = TRACEPARENT.matcher(traceparent.strip());
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The current request's; null outside of one. */
    public static @Nullable String current() {
        return MDC.get(KEY) instanceof String id ? id : null;
    }
}
