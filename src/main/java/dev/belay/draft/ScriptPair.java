package dev.belay.draft;

import dev.belay.review.Remark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Two scripts while they are written: each change with the one that takes it back. */
public final class ScriptPair {

    private static final int WIDTH = 110;

    private final List<Section> sections = new ArrayList<>();
    private final Set<Remark> remarks = new LinkedHashSet<>();

    private record Change(String forward, String back) {}

    private record Section(String title, List<Change> changes) {

        String forward() {
            return text(changes.stream().map(Change::forward).toList());
        }

        String back() {
            List<String> statements = new ArrayList<>();
            changes.forEach(change -> statements.add(0, change.back()));
            return text(statements);
        }

        private String text(List<String> statements) {
            String sql = statements.stream()
                    .filter(statement -> !statement.isEmpty())
                    .map(statement -> statement + ";\n")
                    .collect(Collectors.joining());
            return sql.isEmpty() ? "" : "\n\n" + comment(title) + "\n" + sql;
        }
    }

    /** What the next changes are about. */
    public void section(String title) {
        sections.add(new Section(title, new ArrayList<>()));
    }

    /** Statements without semicolon at the end; an empty one is no statement. */
    public void change(String forward, String back) {
        sections.get(sections.size() - 1).changes().add(new Change(forward, back));
    }

    /** Something that a person has to look at. */
    public void remark(String text) {
        remarks.add(Remark.look("", text));
    }

    /** Something good to know. */
    public void note(String text) {
        remarks.add(Remark.note("", text));
    }

    /** Something that PostgreSQL cannot do. */
    public void limit(String text) {
        remarks.add(Remark.limit("", text));
    }

    public List<Remark> remarks() {
        return List.copyOf(remarks);
    }

    /** The V script, with a comment at its head. */
    public String forward(String head) {
        return comment(head) + sections.stream().map(Section::forward).collect(Collectors.joining());
    }

    /** The U script: the same changes the other way round. */
    public String back(String head) {
        StringBuilder text = new StringBuilder(comment(head));
        for (int i = sections.size() - 1; i >= 0; i--) {
            text.append(sections.get(i).back());
        }
        return text.toString();
    }

    /** A comment of lines that are not too long; a name with a line break in it cannot end it. */
    static String comment(String words) {
        StringBuilder text = new StringBuilder("--");
        int column = 2;
        for (String word : Arrays.asList(words.strip().split("\\s+", -1))) {
            if (column + word.length() > WIDTH) {
                text.append("\n--");
                column = 2;
            }
            text.append(' ').append(Objects.requireNonNull(word));
            column += 1 + word.length();
        }
        return text.append('\n').toString();
    }
}
