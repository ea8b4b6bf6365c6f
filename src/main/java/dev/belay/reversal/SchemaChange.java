package dev.belay.reversal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One object that is not what it was, told by OID and column number where both states are of one database, so that a rename
 * is one.
 *
 * @param type what it is, in words of SQL, such as {@code foreign key}
 * @param name as SQL; of what is gone the name it had; of a part without the table's
 * @param renamedFrom the name it had; null when it is the same
 * @param of the table or type that it belongs to; null when it stands alone
 * @param definition as SQL, of what was added or is gone; null for one that is changed, or when there is nothing to say
 * @param dataType a column's type, or the one it had; null for others
 * @param needsValue whether it is a column that rows that are there would have no value for, which it does not take
 * @param traits what is otherwise, of one that is changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SchemaChange")
public record SchemaChange(
        What what,
        @Schema(examples = "foreign key") String type,
        String name,
        @Nullable String renamedFrom,
        @Nullable String of,
        @Nullable String definition,
        @Nullable String dataType,
        boolean needsValue,
        List<Trait> traits) {

    public SchemaChange {
        traits = List.copyOf(traits);
    }

    /** What became of it. */
    @Schema(name = "SchemaChangeKind")
    public enum What {
        ADDED,
        CHANGED,
        DROPPED
    }

    /**
     * Something that is to be said of it.
     *
     * @param from empty when it had none
     * @param to empty when it has none
     */
    @Schema(name = "SchemaChangeTrait")
    public record Trait(@Schema(examples = "type") String name, String from, String to) {}

    /** What became of a schema, in the order in which a person reads it: by table, the table itself first. */
    public static List<SchemaChange> between(Structure before, Structure after) {
        return new SchemaChanges(before, after).find();
    }

    /** With the table it belongs to. */
    public String fullName() {
        return of == null ? name : of + "." + name;
    }

    public boolean is(What other, String otherType) {
        return what == other && type.equals(otherType);
    }
}
