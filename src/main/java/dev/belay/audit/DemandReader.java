package dev.belay.audit;

import dev.belay.audit.Audit.Demand;
import dev.belay.audit.Audit.Kind;
import dev.belay.audit.AuditSession.UnanswerableException;
import dev.belay.database.Script;
import dev.belay.postgres.Monitor;
import dev.belay.scope.Scope;
import dev.belay.sql.Alterations;
import dev.belay.sql.Constraint;
import dev.belay.sql.Constraints;
import dev.belay.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Asks the rows that are there for what the scripts' own constraints would refuse. What an earlier statement of the scripts
 * makes, drops or changes is not asked and said not to be: only a rename is followed.
 */
final class DemandReader {

    private static final Pattern OF_INTEREST =
            Pattern.compile("(?is)\\A(?:ALTER\\s+(?:FOREIGN\\s+)?TABLE|CREATE|DROP)\\b.*");

    private final AuditSession session;
    private final Shapes shapes;
    private final Monitor monitor;
    private final List<Demand> demands = new ArrayList<>();

    DemandReader(AuditSession session, Shapes shapes, Monitor monitor) {
        this.session = session;
        this.shapes = shapes;
        this.monitor = monitor;
    }

    List<Demand> read(Scope scope) throws SQLException {
        for (Scope.Part part : scope.parts()) {
            shapes.usePath(session.useScriptPath(List.of(part.module().schema())));
            for (String file : part.files()) {
                for (Script script : part.module().scripts()) {
                    if (script.file().equals(file)) {
                        read(file, Statements.fill(script.sql(), part.module().placeholders()));
                    }
                }
            }
        }
        session.useEmptyPath();
        return demands;
    }

    private void read(String file, String sql) throws SQLException {
        for (Statements.Statement statement : Statements.split(sql)) {
            if (OF_INTEREST.matcher(statement.sql()).matches()) {
                String place = file + ", line " + statement.line();
                Alterations.in(statement.sql()).forEach(alteration -> shapes.apply(alteration, place));
                for (Constraint constraint : Constraints.in(statement.sql())) {
                    monitor.progress(0.8, "asking for rows that break " + DemandQuery.shown(constraint));
                    demands.add(ask(constraint, file, statement.line()));
                }
            }
        }
    }

    private Demand ask(Constraint constraint, String file, int line) throws SQLException {
        Answer answer;
        String table = constraint.table();
        boolean hidden = false;
        try {
            TableShape shape = shapes.require(constraint.table());
            table = shape.key().table();
            hidden = shape.key().isHidden();
            answer = answer(query(constraint, shape));
        } catch (UnaskableException e) {
            answer = Answer.none(e.why());
        }
        boolean found = answer.rows != null && answer.rows > 0;
        return new Demand(
                kind(constraint),
                table,
                DemandQuery.shown(constraint),
                file,
                line,
                isNotValid(constraint),
                answer.rows,
                answer.keys,
                found && hidden,
                answer.notAsked,
                found ? Advice.of(constraint) : null);
    }

    private record Answer(
            @org.jspecify.annotations.Nullable Long rows,
            List<String> keys,
            @org.jspecify.annotations.Nullable String notAsked) {
        static Answer none(String why) {
            return new Answer(null, List.of(), why);
        }
    }

    private Answer answer(DemandQuery query) throws SQLException {
        try {
            return session.guarded(() -> {
                long rows = session.asScripts(query.count(), row -> row.getLong(1));
                List<String> keys = rows == 0
                        ? List.of()
                        : session.asScripts(
                                query.keys(),
                                row -> List.of((String[]) row.getArray(1).getArray()));
                return new Answer(rows, keys, null);
            });
        } catch (UnanswerableException e) {
            String unknown = query.table().unknownColumns();
            boolean noColumn = "42703".equals(e.getSQLState()) && !unknown.isEmpty();
            return Answer.none(noColumn ? "it uses a column that is not there now: " + unknown : e.said());
        }
    }

    private DemandQuery query(Constraint constraint, TableShape shape) throws UnaskableException, SQLException {
        if (constraint instanceof Constraint.NotNull notNull) {
            return notNull.added()
                    ? DemandQuery.everyRow(shape)
                    : DemandQuery.notNull(shape, Shapes.bare(notNull.column()));
        } else if (constraint instanceof Constraint.Check check) {
            return DemandQuery.check(shape, check.expression());
        } else if (constraint instanceof Constraint.Unique unique) {
            return DemandQuery.unique(shape, unique);
        } else if (constraint instanceof Constraint.ForeignKey key) {
            return DemandQuery.foreignKey(shape, key, shapes.require(key.referenced()));
        } else if (constraint instanceof Constraint.Validation validation) {
            return new ValidationReader(session, shapes).query(shape, Shapes.bare(validation.name()));
        }
        throw new UnaskableException("whether rows exclude each other is left to the rehearsal");
    }

    private static Kind kind(Constraint constraint) {
        if (constraint instanceof Constraint.NotNull) {
            return Kind.NOT_NULL;
        } else if (constraint instanceof Constraint.Check) {
            return Kind.CHECK;
        } else if (constraint instanceof Constraint.Unique) {
            return Kind.UNIQUE;
        } else if (constraint instanceof Constraint.ForeignKey) {
            return Kind.FOREIGN_KEY;
        }
        return constraint instanceof Constraint.Validation ? Kind.VALIDATION : Kind.EXCLUSION;
    }

    private static boolean isNotValid(Constraint constraint) {
        return (constraint instanceof Constraint.Check check && check.notValid())
                || (constraint instanceof Constraint.ForeignKey key && key.notValid());
    }
}
