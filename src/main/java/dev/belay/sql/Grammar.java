package dev.belay.sql;

import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** The one place that runs the PostgreSQL grammar. What it cannot read is unknown, never wrong: PostgreSQL decides that. */
final class Grammar {

    /** A statement of this size carries data, and a tree of it would cost hundreds of times its size. */
    private static final int LONGEST = 128 * 1024;

    private Grammar() {}

    /** The tree of one statement; empty when the grammar does not know it. */
    static Optional<StatementContext> parse(String sql) {
        if (sql.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(sql, PredictionMode.SLL));
        } catch (ParseCancellationException e) {
            // The quick mode gives up on what the thorough one may still read.
            return thoroughly(sql);
        }
    }

    private static Optional<StatementContext> thoroughly(String sql) {
        try {
            return Optional.of(parse(sql, PredictionMode.LL));
        } catch (ParseCancellationException e) {
            return Optional.empty();
        }
    }

    private static StatementContext parse(String sql, PredictionMode mode) {
        SQLLexer lexer = new SQLLexer(CharStreams.fromString(sql));
        lexer.removeErrorListeners();
        SQLParser parser = new SQLParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(mode);
        SqlContext script = parser.sql();
        if (script.statement().size() != 1) {
            throw new ParseCancellationException("not one statement");
        }
        return script.statement(0);
    }

    /** What was written there, as it was written. */
    static String text(ParserRuleContext part) {
        return part.start.getInputStream().getText(Interval.of(part.start.getStartIndex(), part.stop.getStopIndex()));
    }
}
