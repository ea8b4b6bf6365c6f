package dev.belay.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;

/** Reads from a statement what it does to names and shapes of tables, so that a later statement's names are understood. */
public final class Alterations {

    private Alterations() {}

    /** In the order in which they are written; nothing for a statement that alters nothing, or that cannot be read. */
    public static List<Alteration> in(String sql) {
        List<Alteration> found = new ArrayList<>();
        Grammar.parse(sql).ifPresent(tree -> add(tree.schema_statement(), found));
        return found;
    }

    private static void add(@Nullable Schema_statementContext statement, List<Alteration> found) {
        if (statement == null) {
            return;
        }
        if (statement.schema_create() != null) {
            add(statement.schema_create(), found);
        } else if (statement.schema_alter() != null) {
            add(statement.schema_alter(), found);
        } else if (statement.schema_drop() != null && statement.schema_drop().drop_statements() != null) {
            add(statement.schema_drop().drop_statements(), found);
        }
    }

    private static void add(Schema_createContext create, List<Alteration> found) {
        if (create.create_table_statement() != null) {
            found.add(new Alteration.Creates(
                    Grammar.text(create.create_table_statement().name),
                    create.create_table_statement().if_not_exists() != null));
        } else if (create.create_table_as_statement() != null) {
            found.add(new Alteration.Creates(
                    Grammar.text(create.create_table_as_statement().name),
                    create.create_table_as_statement().if_not_exists() != null));
        } else if (create.create_view_statement() != null) {
            found.add(new Alteration.Creates(Grammar.text(create.create_view_statement().name), false));
        }
    }

    private static void add(Schema_alterContext alter, List<Alteration> found) {
        Alter_table_statementContext table = alter.alter_table_statement();
        if (table == null) {
            return;
        }
        String name = Grammar.text(table.name);
        if (table.set_schema() != null) {
            found.add(new Alteration.Moves(name, Grammar.text(table.set_schema().identifier())));
        } else if (table.rename_to() != null) {
            found.add(new Alteration.Renames(name, Grammar.text(table.rename_to().name)));
        } else if (table.RENAME() != null
                && table.CONSTRAINT() == null
                && table.identifier().size() == 2) {
            found.add(new Alteration.RenamesColumn(
                    name, Grammar.text(table.identifier(0)), Grammar.text(table.identifier(1))));
        }
        table.table_action().forEach(action -> add(name, action, found));
    }

    private static void add(String table, Table_actionContext action, List<Alteration> found) {
        if (action.table_column_definition() != null) {
            found.add(new Alteration.AddsColumn(
                    table,
                    Grammar.text(action.table_column_definition().identifier()),
                    action.if_not_exists() != null));
        } else if (action.column != null && action.column_action() != null) {
            if (action.column_action().data_type() != null) {
                found.add(new Alteration.ChangesColumn(
                        table,
                        Grammar.text(action.column),
                        Grammar.text(action.column_action().data_type())));
            }
        } else if (action.DROP() != null && action.column != null) {
            found.add(new Alteration.ChangesColumn(table, Grammar.text(action.column), null));
        }
    }

    private static void add(Drop_statementsContext drop, List<Alteration> found) {
        if (drop.TABLE() != null || drop.VIEW() != null) {
            drop.if_exist_names_restrict_cascade()
                    .names_references()
                    .schema_qualified_name()
                    .forEach(name -> found.add(new Alteration.Drops(Grammar.text(name))));
        }
    }
}
