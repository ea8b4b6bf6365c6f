package dev.belay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/rules.md is made from the rules; {@code -Drules.update=true} writes it. */
class RulesDocTest {

    private static final Path DOC = Path.of("docs", "rules.md");
    private static final Path RESOURCES = Path.of("src/test/resources/dev/belay/rules");

    /** A rule of another tool. */
    private record Foreign(String tool, String rule, String whyNone) {
        String name() {
            return tool + " " + rule;
        }

        List<Rule> covers() {
            return Rules.ALL.stream()
                    .filter(ours -> ours.covers().contains(name()))
                    .toList();
        }
    }

    @Test
    void the_page_of_the_rules_is_what_the_rules_say() throws IOException {
        String page = page();
        if (Boolean.getBoolean("rules.update")) {
            Files.writeString(DOC, page);
        }

        assertThat(Files.readString(DOC))
                .as("docs/rules.md is not up to date; -Drules.update=true writes it")
                .isEqualTo(page);
    }

    @Test
    void every_rule_of_the_others_is_covered_or_there_is_a_reason() throws IOException {
        List<Foreign> foreign = foreign();

        assertThat(foreign)
                .allSatisfy(rule -> assertThat(rule.covers().isEmpty())
                        .as(rule.name())
                        .isEqualTo(!rule.whyNone().isEmpty()));
        assertThat(Rules.ALL.stream().flatMap(rule -> rule.covers().stream()))
                .isSubsetOf(foreign.stream().map(Foreign::name).toList());
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder(Files.readString(RESOURCES.resolve("rules-head.md")));
        page.append("\n## The rules\n\n| rule | name | severity | what was done |\n|---|---|---|---|\n");
        for (Rule rule : Rules.ALL) {
            page.append("| [" + rule.id() + "](#" + rule.id().toLowerCase(Locale.ROOT) + "-" + rule.slug() + ") | `"
                    + rule.slug() + "` | " + rule.severity() + " | " + rule.title() + " |\n");
        }
        Rules.ALL.forEach(rule -> section(rule, page));
        page.append("\n## What covers the rules of others\n");
        page.append("\nOf [eugene](https://github.com/kaaveland/eugene), [squawk](https://github.com/sbdchd/squawk),"
                + " [strong_migrations](https://github.com/ankane/strong_migrations) and"
                + " [Atlas](https://atlasgo.io/lint/analyzers), those that are about PostgreSQL.\n");
        page.append("\n| tool | its rule | ours | why none is needed |\n|---|---|---|---|\n");
        for (Foreign rule : foreign()) {
            page.append("| " + rule.tool() + " | " + rule.rule() + " | "
                    + String.join(", ", rule.covers().stream().map(Rule::id).toList())
                    + " | " + rule.whyNone() + " |\n");
        }
        return page.toString();
    }

    private static void section(Rule rule, StringBuilder page) {
        page.append("\n## " + rule.id() + " " + rule.slug() + "\n\n" + rule.title() + ". " + rule.severity() + ".\n");
        page.append("\nWhy: " + rule.why() + "\n\nInstead: " + rule.instead() + "\n");
        page.append(
                "\nCaught:\n\n```sql\n" + rule.bad() + "\n```\n\nNot caught:\n\n```sql\n" + rule.good() + "\n```\n");
        if (!rule.covers().isEmpty()) {
            page.append("\nThe same elsewhere: " + String.join("; ", rule.covers()) + ".\n");
        }
    }

    private static List<Foreign> foreign() throws IOException {
        List<Foreign> rules = new ArrayList<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("foreign-rules.txt"))) {
            if (!line.startsWith("#")) {
                List<String> parts = List.of(line.split("\\s*\\|\\s*", -1));
                rules.add(new Foreign(parts.get(0), parts.get(1), parts.get(2)));
            }
        }
        return rules;
    }
}
