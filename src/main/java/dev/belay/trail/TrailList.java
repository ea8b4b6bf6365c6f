package dev.belay.trail;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A part of the audit trail, oldest first.
 *
 * @param next what to ask with as {@code after} for the rest; null when this is all
 */
@Schema(name = "AuditTrail")
public record TrailList(List<TrailView> items, @Nullable Long next) {

    public TrailList {
        items = List.copyOf(items);
    }
}
