package dev.belay.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code --} comments of a script, and to which statement each belongs. */
public final class Comments {

    /** What a comment may look like inside of, and a comment itself: whichever comes first is passed whole. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>--[^\\n]*)|/\\*|[eE]'|'[^']*'|\"[^\"]*\"|(?<![\\w$])\\$(\\w*)\\$", Pattern.DOTALL);

    private static final Pattern EMPTY_LINE = Pattern.compile("\\n[ \\t\\r]*\\n");

    private Comments() {}

    /**
     * A comment.
     *
     * @param line where it is, from 1
     * @param statementLine where the statement begins that it stands before or in; 0 when none follows
     * @param ofWholeScript whether it stands before the first statement with an empty line between
     */
    public record Comment(int line, String text, int statementLine, boolean ofWholeScript) {}

    /** Those that contain a text. A script that cannot be split has none: PostgreSQL refuses it anyway. */
    public static List<Comment> in(String script, String marker) {
        if (!script.contains(marker)) {
            return List.of();
        }
        List<Span> spans;
        try {
            spans = spans(script);
        } catch (SQLException e) {
            return List.of();
        }
        List<Comment> comments = new ArrayList<>();
        Matcher token = TOKEN.matcher(script);
        int from = 0;
        while (token.find(from)) {
            from = token.end();
            if (token.group("comment") != null) {
                if (token.group("comment").contains(marker)) {
                    comments.add(comment(script, spans, token));
                }
            } else if (token.group().equals("/*")) {
                from = endOfBlock(script, token.end());
            } else if (token.group().equalsIgnoreCase("E'")) {
                from = endOfEscapes(script, token.end());
            } else if (token.group().startsWith("$")) {
                int end = script.indexOf(token.group(), token.end());
                from = end < 0 ? script.length() : end + token.group().length();
            }
        }
        return comments;
    }

    private record Span(int start, int end, int line) {}

    private static List<Span> spans(String script) throws SQLException {
        List<Span> spans = new ArrayList<>();
        int from = 0;
        for (Statements.Statement statement : Statements.split(script)) {
            int start =
                    Math.max(from, script.indexOf(statement.sql(), Math.max(from, startOf(script, statement.line()))));
            from = start + statement.sql().length();
            spans.add(new Span(start, from, statement.line()));
        }
        return spans;
    }

    private static Comment comment(String script, List<Span> spans, Matcher token) {
        int place = token.start();
        int next = 0;
        while (next < spans.size() && spans.get(next).end() <= place) {
            next++;
        }
        int line = lineOf(script, place);
        String text = token.group().strip();
        boolean isBehind = next > 0
                && script.substring(spans.get(next - 1).end(), place).indexOf('\n') < 0
                && (next == spans.size() || spans.get(next).start() > place);
        if (isBehind) {
            return new Comment(line, text, spans.get(next - 1).line(), false);
        }
        if (next == spans.size()) {
            return new Comment(line, text, 0, false);
        }
        boolean whole = next == 0
                && place < spans.get(0).start()
                && EMPTY_LINE
                        .matcher(script.substring(place, spans.get(0).start()))
                        .find();
        return new Comment(line, text, spans.get(next).line(), whole);
    }

    /** PostgreSQL's comments nest. */
    private static int endOfBlock(String script, int from) {
        int depth = 1;
        int at = from;
        while (at < script.length() && depth > 0) {
            if (script.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (script.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        }
        return at;
    }

    /** In a string with escapes a backslash takes the next character with it. */
    private static int endOfEscapes(String script, int from) {
        int at = from;
        while (at < script.length() && script.charAt(at) != '\'') {
            at += script.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, script.length());
    }

    private static int startOf(String script, int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = script.indexOf('\n', at) + 1;
        }
        return at;
    }

    private static int lineOf(String script, int offset) {
        return 1
                + (int) script.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
