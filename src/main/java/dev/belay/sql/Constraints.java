package dev.belay.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_restContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_in_parensContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;

/** Reads from a statement what it would demand of rows that are there already, so that they can be asked beforehand. */
public final class Constraints {

    private static final Set<String> SERIAL =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    private Constraints() {}

    /** In the order in which they are written; nothing for a statement that demands nothing, or that cannot be read. */
    public static List<Constraint> in(String sql) {
        return Grammar.parse(sql).map(tree -> in(tree.schema_statement())).orElse(List.of());
    }

    private static List<Constraint> in(@Nullable Schema_statementContext statement) {
        List<Constraint> found = new ArrayList<>();
        if (statement == null) {
            return found;
        }
        if (statement.schema_alter() != null && statement.schema_alter().alter_table_statement() != null) {
            Alter_table_statementContext alter = statement.schema_alter().alter_table_statement();
            alter.table_action().forEach(action -> add(Grammar.text(alter.name), action, found));
        }
        if (statement.schema_create() != null && statement.schema_create().create_index_statement() != null) {
            add(statement.schema_create().create_index_statement(), found);
        }
        return found;
    }

    private static void add(Create_index_statementContext index, List<Constraint> found) {
        if (index.UNIQUE() == null) {
            return;
        }
        Index_restContext rest = index.index_rest();
        found.add(new Constraint.Unique(
                Grammar.text(index.table_name),
                textOrNull(index.name),
                rest.index_columns().index_column().stream()
                        .map(column -> Grammar.text(column.column))
                        .toList(),
                rest.index_where() == null
                        ? null
                        : Grammar.text(rest.index_where().vex()),
                isNot(rest.nulls_distinction())));
    }

    private static void add(String table, Table_actionContext action, List<Constraint> found) {
        if (action.tabl_constraint != null) {
            add(table, action.tabl_constraint, found);
        } else if (action.table_column_definition() != null) {
            addColumn(table, action.table_column_definition(), found);
        } else if (action.validate_constraint() != null) {
            found.add(new Constraint.Validation(table, Grammar.text(action.validate_constraint().constraint_name)));
        } else if (action.column_action() != null
                && action.column_action().set != null
                && action.column_action().NULL() != null) {
            found.add(new Constraint.NotNull(table, Grammar.text(action.column), false));
        }
    }

    /** A new column is empty in every row, so only NOT NULL without a default can fail: the others take NULL. */
    private static void addColumn(String table, Table_column_definitionContext column, List<Constraint> found) {
        List<Constr_bodyContext> bodies = column.constraint_common().stream()
                .map(Constraint_commonContext::constr_body)
                .toList();
        boolean mustHaveValue = bodies.stream()
                .anyMatch(body -> body.PRIMARY() != null
                        || (body.NOT() != null && body.NULL() != null && body.getChildCount() == 2));
        boolean hasValue = bodies.stream()
                        .anyMatch(body ->
                                body.DEFAULT() != null || body.identity_body() != null || body.GENERATED() != null)
                || SERIAL.contains(Grammar.text(column.data_type()).toLowerCase(Locale.ROOT));
        if (mustHaveValue && !hasValue) {
            found.add(new Constraint.NotNull(table, Grammar.text(column.identifier()), true));
        }
    }

    private static void add(String table, Constraint_commonContext constraint, List<Constraint> found) {
        Constr_bodyContext body = constraint.constr_body();
        String name = textOrNull(constraint.identifier());
        boolean notValid = constraint.VALID() != null;
        if (body.CHECK() != null) {
            found.add(new Constraint.Check(table, name, Grammar.text(body.expression), notValid));
        } else if (body.FOREIGN() != null) {
            found.add(new Constraint.ForeignKey(
                    table,
                    name,
                    names(body.col),
                    Grammar.text(body.schema_qualified_name()),
                    names(body.ref),
                    body.MATCH() != null && body.FULL() != null,
                    notValid));
        } else if (body.EXCLUDE() != null) {
            found.add(new Constraint.Exclusion(table, name));
        } else if (body.col != null && (body.UNIQUE() != null || body.PRIMARY() != null)) {
            if (body.PRIMARY() != null) {
                names(body.col).forEach(column -> found.add(new Constraint.NotNull(table, column, false)));
            }
            found.add(new Constraint.Unique(table, name, names(body.col), null, isNot(body.nulls_distinction())));
        }
    }

    private static List<String> names(@Nullable Names_in_parensContext names) {
        return names == null
                ? List.of()
                : names.names_references().schema_qualified_name().stream()
                        .map(Grammar::text)
                        .toList();
    }

    private static boolean isNot(@Nullable ParserRuleContext distinction) {
        return distinction != null
                && Grammar.text(distinction).toUpperCase(Locale.ROOT).contains("NOT");
    }

    private static @Nullable String textOrNull(@Nullable ParserRuleContext part) {
        return part == null ? null : Grammar.text(part);
    }
}
