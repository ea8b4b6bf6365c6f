package dev.belay.rename;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to have another name.
 *
 * @param schema where the table is; public unless told
 * @param table the table, by its old name
 * @param column the column of it that is to have another name; null when the table itself is
 * @param to the new name, without schema
 * @param keepOldNames whether old names stay usable until the contract; they do unless told
 * @param contract whether the later script is to be written, which takes the old names away
 * @param columns columns of other tables that follow, where their names do not tell; one whose {@code to} is its name stays
 * @param verboseName how Django shows the new model, such as {@code year group}; the model's name unless told
 * @param djangoMigration the new release's migration that does the same, to be noted as applied; made up as Django names it
 *     unless told
 */
@Schema(name = "RenameRequest")
public record RenameRequest(
        @Nullable @Size(max = 63) String schema,
        @NotBlank @Size(max = 63) String table,
        @Nullable @Size(max = 63) String column,
        @NotBlank @Size(max = 63) String to,
        @Nullable Boolean keepOldNames,
        @Nullable Boolean contract,
        @Nullable @Size(max = 1000) List<@Valid Column> columns,
        @Nullable @Size(max = 500) String verboseName,
        @Nullable @Size(max = 200) String djangoMigration) {

    /** A column of another table that is to be renamed along. */
    @Schema(name = "RenameRequestColumn")
    public record Column(
            @Nullable @Size(max = 63) String schema,
            @NotBlank @Size(max = 63) String table,
            @NotBlank @Size(max = 63) String column,
            @NotBlank @Size(max = 63) String to) {}

    /** A table with everything named after it, all else as it is unless told. */
    public static RenameRequest table(String table, String to) {
        return new RenameRequest(null, table, null, to, null, null, null, null, null);
    }

    public static RenameRequest column(String table, String column, String to) {
        return new RenameRequest(null, table, column, to, null, null, null, null, null);
    }

    public RenameRequest withColumns(Column... named) {
        return new RenameRequest(
                schema, table, column, to, keepOldNames, contract, List.of(named), verboseName, djangoMigration);
    }

    public RenameRequest withoutOldNames() {
        return new RenameRequest(schema, table, column, to, false, contract, columns, verboseName, djangoMigration);
    }

    /** The later script of the same rename. */
    public RenameRequest asContract() {
        return new RenameRequest(schema, table, column, to, keepOldNames, true, columns, verboseName, djangoMigration);
    }

    String schemaName() {
        return Objects.requireNonNullElse(schema, "public");
    }

    boolean keepsOldNames() {
        return !Boolean.FALSE.equals(keepOldNames);
    }

    boolean isContract() {
        return Boolean.TRUE.equals(contract);
    }

    /** What a column of another table is to be named; null when nothing was said of it. */
    @Nullable
    String toOf(String inSchema, String inTable, String name) {
        return Objects.requireNonNullElse(columns, List.<Column>of()).stream()
                .filter(one ->
                        Objects.requireNonNullElse(one.schema(), "public").equals(inSchema))
                .filter(one -> one.table().equals(inTable) && one.column().equals(name))
                .map(Column::to)
                .findFirst()
                .orElse(null);
    }

    /** What a comment ends with on everything that goes with the contract of this rename. */
    String mark() {
        return "Goes with the contract of " + schemaName() + "." + table + (column == null ? "" : "." + column) + ".";
    }
}
