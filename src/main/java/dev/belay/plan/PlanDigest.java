package dev.belay.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.belay.backup.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;

/** SHA-256 over all that a plan says, as JSON with sorted keys: whoever approves the digest approves all of it. */
@ApplicationScoped
class PlanDigest {

    private final ObjectMapper json;

    PlanDigest(ObjectMapper json) {
        this.json = json.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    String of(Plan plan) {
        try {
            return Sha256.of(json.writeValueAsBytes(plan));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
