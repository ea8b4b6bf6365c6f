package dev.belay.diff;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.reversal.Renaming;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a draft of kind {@code diff} leads to.
 *
 * @param desired the schema that is wanted
 * @param renames what is the same under another name; without one a drop and a create are written
 * @param privileges whether owners and privileges are to be those of the desired schema too; by default they stay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DiffFields(
        @NotNull @Valid Desired desired,
        @Size(max = 1000) List<@NotNull @Valid Rename> renames,
        @Nullable Boolean privileges) {

    DiffFields {
        renames = renames == null ? List.of() : List.copyOf(renames);
    }

    /**
     * One of the two.
     *
     * @param file a SQL file below the project's folder that makes the whole schema in an empty database
     * @param database another managed database
     */
    record Desired(
            @Nullable @Size(max = 500) String file,
            @Nullable @Size(max = 63) String database) {}

    /**
     * A rename. Tables may have their schema before them, else it is the module's.
     *
     * @param table the table's name now; for a column its table, by its old or its new name
     * @param column null when the table itself is renamed
     * @param to the new name
     */
    record Rename(
            @NotBlank @Size(max = 127) String table,
            @Nullable @Size(max = 63) String column,
            @NotBlank @Size(max = 127) String to) {

        Renaming in(String schema) {
            List<String> from = parts(table, schema);
            List<String> into = column == null ? parts(to, from.get(0)) : List.of(from.get(0), to);
            return new Renaming(from.get(0), from.get(1), column, into.get(0), into.get(1));
        }

        /** Names are as they are, without quotes: so a dot divides only when it is the only one. */
        private static List<String> parts(String name, String schema) {
            int dot = name.indexOf('.');
            return dot > 0 && dot == name.lastIndexOf('.') && dot < name.length() - 1
                    ? List.of(name.substring(0, dot), name.substring(dot + 1))
                    : List.of(schema, name);
        }

        String shown() {
            return table + (column == null ? "" : "." + column) + " → " + to;
        }
    }

    boolean withPrivileges() {
        return Boolean.TRUE.equals(privileges);
    }
}
