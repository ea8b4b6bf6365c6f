package dev.belay.sql;

import dev.belay.sql.Parsed.Kind;
import dev.belay.sql.Parsed.Trait;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.antlr.v4.runtime.tree.Trees;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_dropContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_transactionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Session_local_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** Tells from the grammar's tree what a statement is. */
final class StatementReader {

    private final ParserRuleContext tree;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    private StatementReader(ParserRuleContext tree) {
        this.tree = tree;
    }

    static Parsed read(String sql) {
        return Grammar.parse(sql)
                .map(tree -> new StatementReader(tree).statement(tree))
                .orElse(Parsed.UNKNOWN);
    }

    private Parsed statement(StatementContext statement) {
        if (hasRule(SQLParser.RULE_if_exists)) {
            traits.add(Trait.IF_EXISTS);
        }
        if (hasRule(SQLParser.RULE_if_not_exists)) {
            traits.add(Trait.IF_NOT_EXISTS);
        }
        if (Trees.findAllRuleNodes(tree, SQLParser.RULE_cascade_restrict).stream()
                .anyMatch(StatementReader::cascades)) {
            traits.add(Trait.CASCADE);
        }
        if (hasToken(tree, SQLParser.CONCURRENTLY)) {
            traits.add(Trait.CONCURRENTLY);
        }
        if (statement.data_statement() != null) {
            return data(statement.data_statement());
        }
        if (statement.script_statement() != null) {
            return statement.script_statement().script_transaction() != null
                    ? transaction(statement.script_statement().script_transaction())
                    : additional(statement.script_statement().script_additional());
        }
        if (statement.schema_statement().schema_create() != null) {
            return create(statement.schema_statement().schema_create());
        }
        return statement.schema_statement().schema_alter() != null
                ? alter(statement.schema_statement().schema_alter())
                : drop(statement.schema_statement().schema_drop());
    }

    private Parsed data(Data_statementContext data) {
        if (data.update_stmt_for_psql() != null) {
            note(Trait.WHERE, data.update_stmt_for_psql().WHERE() != null);
            return of(Kind.UPDATE, data.update_stmt_for_psql().update_table_name);
        }
        if (data.delete_stmt_for_psql() != null) {
            note(Trait.WHERE, data.delete_stmt_for_psql().WHERE() != null);
            return of(Kind.DELETE, data.delete_stmt_for_psql().delete_table_name);
        }
        if (data.insert_stmt_for_psql() != null) {
            return of(Kind.INSERT, data.insert_stmt_for_psql().insert_table_name);
        }
        return data.merge_stmt_for_psql() != null
                ? of(Kind.MERGE, data.merge_stmt_for_psql().merge_table_name)
                : of(Kind.SELECT);
    }

    private Parsed transaction(Script_transactionContext transaction) {
        if (transaction.lock_table() != null) {
            return ofAll(Kind.LOCK, transaction.lock_table().only_table_multiply());
        }
        boolean savepoint =
                transaction.SAVEPOINT() != null || transaction.TO() != null || transaction.RELEASE() != null;
        return of(savepoint ? Kind.OTHER : Kind.TRANSACTION_CONTROL);
    }

    private Parsed additional(Script_additionalContext additional) {
        if (additional.VACUUM() != null) {
            return additional.table_cols_list() == null
                    ? of(Kind.VACUUM)
                    : ofAll(Kind.VACUUM, additional.table_cols_list().table_cols());
        }
        Additional_statementContext more = additional.additional_statement();
        if (more == null) {
            return of(Kind.OTHER);
        }
        if (more.RESET() != null) {
            return new Parsed(Kind.SET, List.of(reset(more)), traits);
        }
        if (more.truncate_stmt() != null) {
            return ofAll(Kind.TRUNCATE, more.truncate_stmt().only_table_multiply());
        }
        if (more.reindex_stmt() != null) {
            return of(Kind.REINDEX, more.reindex_stmt().schema_qualified_name());
        }
        if (more.cluster_stmt() != null) {
            return of(Kind.CLUSTER, more.cluster_stmt().schema_qualified_name());
        }
        return more.REFRESH() != null
                ? of(Kind.REFRESH_MATERIALIZED_VIEW, more.schema_qualified_name())
                : of(Kind.OTHER);
    }

    private Parsed create(Schema_createContext create) {
        if (create.create_index_statement() != null) {
            return of(Kind.CREATE_INDEX, create.create_index_statement().table_name);
        }
        if (create.create_domain_statement() != null) {
            note(
                    Trait.DOMAIN_CONSTRAINT,
                    create.create_domain_statement().dom_constraint.stream().anyMatch(one -> demands(one)));
            return of(Kind.CREATE_DOMAIN, create.create_domain_statement().name);
        }
        if (create.set_statement() != null
                && create.set_statement().set_action().session_local_option() != null) {
            note(Trait.LOCAL, create.set_statement().set_action().LOCAL() != null);
            return new Parsed(
                    Kind.SET,
                    List.of(parameter(create.set_statement().set_action().session_local_option())),
                    traits);
        }
        return of(Kind.OTHER);
    }

    private static String parameter(Session_local_optionContext option) {
        if (option.config_param != null) {
            return Grammar.text(option.config_param).toLowerCase(Locale.ROOT);
        }
        if (option.ROLE() != null) {
            return "role";
        }
        if (option.AUTHORIZATION() != null) {
            return "session_authorization";
        }
        return option.TIME() != null ? "timezone" : "xmloption";
    }

    private static String reset(Additional_statementContext reset) {
        if (reset.ALL() != null) {
            return "all";
        }
        if (reset.AUTHORIZATION() != null) {
            return "session_authorization";
        }
        return reset.TIME() != null
                ? "timezone"
                : Grammar.text(reset.identifier(reset.identifier().size() - 1)).toLowerCase(Locale.ROOT);
    }

    /** NULL, which allows what is allowed anyway, demands nothing. */
    private static boolean demands(SQLParser.Domain_constraintContext constraint) {
        return constraint.CHECK() != null || constraint.NOT() != null;
    }

    private Parsed alter(Schema_alterContext alter) {
        if (alter.alter_table_statement() != null) {
            return alterTable(alter.alter_table_statement());
        }
        if (alter.alter_schema_statement() != null) {
            return of(Kind.RENAME_SCHEMA, alter.alter_schema_statement().identifier());
        }
        if (alter.alter_type_statement() != null && alter.alter_type_statement().new_enum_name != null) {
            return of(Kind.RENAME_ENUM_VALUE, alter.alter_type_statement().name);
        }
        if (alter.alter_domain_statement() != null) {
            var domain = alter.alter_domain_statement();
            note(Trait.NOT_VALID, domain.not_valid != null);
            boolean setsNotNull = domain.SET() != null && domain.NULL() != null;
            note(Trait.DOMAIN_CONSTRAINT, setsNotNull || domain.dom_constraint != null);
            return of(Kind.ALTER_DOMAIN, domain.name);
        }
        return of(Kind.OTHER);
    }

    private Parsed alterTable(Alter_table_statementContext alter) {
        if (alter.alter_partition() == null) {
            return of(Kind.ALTER_TABLE, alter.name);
        }
        return alter.alter_partition().DETACH() != null
                ? of(Kind.DETACH_PARTITION, alter.name, alter.alter_partition().child)
                : of(
                        Kind.ATTACH_PARTITION,
                        alter.name,
                        alter.alter_partition().partition_table_value().schema_qualified_name());
    }

    private Parsed drop(@Nullable Schema_dropContext drop) {
        if (drop == null) {
            return of(Kind.OTHER);
        }
        if (drop.drop_database_statement() != null) {
            return of(Kind.DROP_DATABASE, drop.drop_database_statement().identifier());
        }
        Drop_statementsContext plain = drop.drop_statements();
        if (plain == null) {
            return of(Kind.DROP);
        }
        Kind kind = Kind.DROP;
        if (plain.INDEX() != null) {
            kind = Kind.DROP_INDEX;
        } else if (plain.SCHEMA() != null) {
            kind = Kind.DROP_SCHEMA;
        }
        return ofAll(
                kind, plain.if_exist_names_restrict_cascade().names_references().schema_qualified_name());
    }

    /** Not the ON DELETE CASCADE of a foreign key, which is for later. */
    private static boolean cascades(ParseTree node) {
        return node instanceof Cascade_restrictContext choice
                && choice.CASCADE() != null
                && !(choice.getParent() instanceof SQLParser.ActionContext);
    }

    private boolean hasRule(int rule) {
        return !Trees.findAllRuleNodes(tree, rule).isEmpty();
    }

    private static boolean hasToken(ParseTree node, int token) {
        return Trees.getDescendants(node).stream()
                .anyMatch(leaf ->
                        leaf instanceof TerminalNode word && word.getSymbol().getType() == token);
    }

    private void note(Trait trait, boolean holds) {
        if (holds) {
            traits.add(trait);
        }
    }

    private Parsed of(Kind kind, @Nullable ParserRuleContext... targets) {
        List<ParserRuleContext> named =
                Arrays.stream(targets).filter(Objects::nonNull).toList();
        return ofAll(kind, named);
    }

    private Parsed ofAll(Kind kind, List<? extends ParserRuleContext> targets) {
        return new Parsed(kind, targets.stream().map(Grammar::text).toList(), traits);
    }
}
