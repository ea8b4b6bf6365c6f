package dev.belay.problem;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * Reads the bodies of requests with narrower bounds than what Belay has written itself, such as the manifest of a backup
 * with thousands of tables.
 */
@Provider
public class BoundedJson implements ContextResolver<ObjectMapper> {

    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxTokenCount(20_000)
            .maxNameLength(200)
            .maxNumberLength(40)
            .maxStringLength(100_000)
            .build();

    private final ObjectMapper bounded;

    BoundedJson(ObjectMapper json) {
        // A copy would share the factory, and so give its bounds to what it was copied from.
        this.bounded = json.copyWith(json.getFactory().copy().setStreamReadConstraints(BOUNDS));
    }

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return bounded;
    }
}
