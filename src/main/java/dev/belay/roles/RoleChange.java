package dev.belay.roles;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something that a role consists of.
 *
 * @param type such as group, permission, role, grant, policy, superuser
 * @param detail what is to be said of it; null for nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RoleChange(String type, String name, @Nullable String detail) {

    @Override
    public String toString() {
        return type + " " + name + (detail == null ? "" : " (" + detail + ")");
    }
}
