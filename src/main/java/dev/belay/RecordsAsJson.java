package dev.belay;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * A record is written as its components and nothing else, so that what was kept can be read again: a question that it
 * answers, such as {@code isThere()}, is no part of it.
 */
@Singleton
class RecordsAsJson implements ObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper json) {
        json.setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE);
        // Of a name that comes twice no two readers take the same value, and Jackson fails on one in a record.
        json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }
}
