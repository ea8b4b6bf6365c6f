package dev.belay.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what belay.yaml says of masking, so that a job never meets a rule that says nothing. */
final class ProjectMaskingReader {

    private static final int DAYS = 30;
    private static final int MOST_DAYS = 3650;

    private final Function<String, ProblemException> invalid;

    ProjectMaskingReader(Function<String, ProblemException> invalid) {
        this.invalid = invalid;
    }

    ProjectMasking read(ProjectFile file) {
        List<ProjectMasking.Rule> rules = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ProjectFile.MaskingEntry entry :
                Objects.requireNonNullElse(file.masking(), List.<ProjectFile.@Nullable MaskingEntry>of())) {
            if (entry == null) {
                throw invalid.apply("an entry of masking is empty");
            }
            ProjectMasking.Rule rule = rule(entry);
            if (!seen.add(rule.table() + "." + rule.column())) {
                throw invalid.apply("masking has two rules for " + rule.table() + "." + rule.column());
            }
            rules.add(rule);
        }
        return new ProjectMasking(rules);
    }

    private ProjectMasking.Rule rule(ProjectFile.MaskingEntry entry) {
        String table = required(entry.table(), "a masking rule needs a table");
        String column = required(entry.column(), "the masking rule for " + table + " needs a column");
        String what = "the masking rule for " + table + "." + column;
        ProjectMasking.Kind kind = word(ProjectMasking.Kind.values(), written(entry.rule()), what + " needs a rule");
        if ((entry.value() != null) != (kind == ProjectMasking.Kind.FIXED)) {
            throw invalid.apply(
                    what + (entry.value() == null ? " needs a value" : " has a value, which goes with fixed alone"));
        }
        if (entry.part() != null && kind != ProjectMasking.Kind.FAKE_NAME) {
            throw invalid.apply(what + " has a part, which goes with fake-name alone");
        }
        boolean dates = kind == ProjectMasking.Kind.SHIFT_DATES;
        int days = Objects.requireNonNullElse(entry.days(), DAYS);
        if ((entry.days() != null || entry.per() != null) && !dates) {
            throw invalid.apply(what + " has days or per, which go with shift-dates alone");
        }
        if (days < 1 || days > MOST_DAYS) {
            throw invalid.apply(what + " has days, which has to be from 1 to " + MOST_DAYS);
        }
        if (entry.per() != null && !List.of("run", "row").contains(entry.per())) {
            throw invalid.apply(what + " has a per, which has to be run or row");
        }
        return new ProjectMasking.Rule(
                table,
                column,
                kind,
                entry.value(),
                entry.part() == null
                        ? null
                        : word(ProjectMasking.Part.values(), entry.part(), what + " has a part that is not known"),
                dates ? days : 0,
                "row".equals(entry.per()),
                Boolean.TRUE.equals(entry.optional()));
    }

    private <E extends Enum<E>> E word(E[] known, @Nullable String written, String fault) {
        return Stream.of(known)
                .filter(one -> word(one).equals(written))
                .findFirst()
                .orElseThrow(() -> invalid.apply(fault + "; there are "
                        + Stream.of(known).map(ProjectMaskingReader::word).collect(Collectors.joining(", "))));
    }

    private static @Nullable String written(@Nullable JsonNode rule) {
        return rule == null ? null : rule.asText();
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String required(@Nullable String text, String fault) {
        if (text == null || text.isBlank()) {
            throw invalid.apply(fault);
        }
        return text;
    }
}
