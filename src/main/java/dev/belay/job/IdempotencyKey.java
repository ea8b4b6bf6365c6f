package dev.belay.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Idempotency-Key of one request (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param body SHA-256 of the request's JSON, to tell a repetition from another request under the same key
 */
record IdempotencyKey(String caller, String path, String key, String body) {

    private static final int LONGEST = 255;

    /**
     * Reads the header.
     *
     * @param header the header as it came, quoted (as the draft has it) or bare (as most clients send it)
     */
    static IdempotencyKey of(NewJob order, String header) {
        String key = header.strip();
        if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
            key = key.substring(1, key.length() - 1);
        }
        if (key.isBlank() || key.length() > LONGEST) {
            throw ProblemType.INVALID_REQUEST.because(
                    "The Idempotency-Key must have 1 to " + LONGEST + " characters. Nothing was started.");
        }
        return new IdempotencyKey(order.requestedBy(), "/" + order.kind().path(), key, sha256(order.request()));
    }

    private static String sha256(JsonNode body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(body.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
