package dev.belay.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.belay.problem.ProblemType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Idempotency-Key of one request (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param body SHA-256 of the request's JSON, to tell a repetition from another request under the same key
 */
record IdempotencyKey(String caller, String path, String key, String body) {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    /** JSON objects are equal whatever the order of their fields. */
    private static final ObjectMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

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
        if (key.isBlank() || key.length() > LONGEST || key.chars().anyMatch(Character::isISOControl)) {
            throw ProblemType.invalidParameter(
                    HEADER, "must have 1 to " + LONGEST + " characters and no control characters");
        }
        return new IdempotencyKey(order.requestedBy(), "/" + order.kind().path(), key, sha256(order.request()));
    }

    private static String sha256(JsonNode body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(SORTED.writeValueAsBytes(body)));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("every Java has SHA-256, and a tree can be written", e);
        }
    }
}
