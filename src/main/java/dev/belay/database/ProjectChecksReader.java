package dev.belay.database;

import dev.belay.problem.ProblemException;
import dev.belay.sql.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Checks what belay.yaml says of filters, checks and samples, so that a job never meets one that cannot be asked. */
final class ProjectChecksReader {

    private static final int LONGEST_NAME = 100;
    private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,9})(ms|s|m)");
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    private final List<ProjectModule> modules;
    private final Function<String, ProblemException> invalid;

    ProjectChecksReader(List<ProjectModule> modules, Function<String, ProblemException> invalid) {
        this.modules = modules;
        this.invalid = invalid;
    }

    ProjectChecks read(ProjectFile file) {
        List<ProjectChecks.Filter> filters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ProjectFile.FilterEntry entry : entries(file.filters(), "filters")) {
            String name = name("filter", entry.name(), names);
            String what = "the filter \"" + name + "\"";
            String where = single(required(entry.where(), what + " needs a where"), what);
            filters.add(new ProjectChecks.Filter(name, required(entry.table(), what + " needs a table"), where));
        }
        List<ProjectChecks.Check> checks = new ArrayList<>();
        names.clear();
        for (ProjectFile.CheckEntry entry : entries(file.checks(), "checks")) {
            checks.add(new ProjectCheckReader(this, entry, name("check", entry.name(), names)).read());
        }
        List<ProjectChecks.Sample> samples = new ArrayList<>();
        names.clear();
        for (ProjectFile.SampleEntry entry : entries(file.samples(), "samples")) {
            samples.add(sample(entry, name("sample", entry.name(), names)));
        }
        return new ProjectChecks(filters, checks, samples, timeout(file.timeout()));
    }

    private <T> List<T> entries(@Nullable List<@Nullable T> entries, String key) {
        List<T> all = new ArrayList<>();
        for (T entry : Objects.requireNonNullElse(entries, List.<@Nullable T>of())) {
            if (entry == null) {
                throw invalid.apply("an entry of " + key + " is empty");
            }
            all.add(entry);
        }
        return all;
    }

    private ProjectChecks.Sample sample(ProjectFile.SampleEntry entry, String name) {
        String what = "the sample \"" + name + "\"";
        String sql = required(entry.sql(), what + " needs sql");
        requireTransactional(sql, what);
        return new ProjectChecks.Sample(name, sql, since(entry.module(), entry.from(), what));
    }

    /** Refuses what would outlive the transaction that is rolled back. */
    void requireTransactional(String sql, String what) {
        for (Statements.Statement statement : split(sql, what)) {
            if (statement.controlsTransaction() || statement.needsAutocommit()) {
                throw invalid.apply(what + " has on its line " + statement.line()
                        + " a statement that begins or ends a transaction, or cannot be in one. It is made in a"
                        + " transaction that is rolled back; leave the statement out");
            }
        }
    }

    private String name(String kind, @Nullable String name, Set<String> names) {
        if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
            throw invalid.apply("a " + kind + " needs a name of " + LONGEST_NAME + " characters at most");
        }
        if (!names.add(name)) {
            throw invalid.apply("it names the " + kind + " \"" + name + "\" twice");
        }
        return name;
    }

    String required(@Nullable String text, String fault) {
        if (text == null || text.isBlank()) {
            throw invalid.apply(fault);
        }
        return text;
    }

    /** A second statement would run outside of what the first is asked in. */
    String single(String sql, String what) {
        if (split(sql, what).size() != 1) {
            throw invalid.apply(what + " has to be one statement");
        }
        return sql.strip().replaceAll(";+$", "");
    }

    private List<Statements.Statement> split(String sql, String what) {
        try {
            List<Statements.Statement> statements = Statements.split(sql);
            if (statements.isEmpty()) {
                throw invalid.apply(what + " has no statement");
            }
            return statements;
        } catch (SQLException e) {
            throw invalid.apply(what + " has SQL that cannot be split into statements: " + e.getMessage());
        }
    }

    ProjectChecks.@Nullable Since since(@Nullable String module, @Nullable String from, String what) {
        if (from == null) {
            if (module != null) {
                throw invalid.apply(what + " names a module, but not from which of its versions on it holds");
            }
            return null;
        }
        if (module == null && modules.size() > 1) {
            throw invalid.apply(what + " has a from, so it needs a module too: there are several");
        }
        String named = module == null ? modules.get(0).name() : module;
        if (!isModule(named)) {
            throw invalid.apply(what + " names the module " + named + ", which is not there");
        }
        try {
            return new ProjectChecks.Since(
                    named, MigrationVersion.fromVersion(from).getVersion());
        } catch (FlywayException e) {
            throw invalid.apply(what + " has a from that is no version such as 2 or 2.1");
        }
    }

    boolean isModule(String name) {
        return modules.stream().anyMatch(known -> known.name().equals(name));
    }

    ProblemException invalid(String fault) {
        return invalid.apply(fault);
    }

    private Duration timeout(@Nullable String text) {
        if (text == null) {
            return ProjectChecks.DEFAULT_TIMEOUT;
        }
        Matcher parts = TIMEOUT.matcher(text);
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            Duration timeout = switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                default -> Duration.ofMinutes(number);
            };
            if (!timeout.isZero() && timeout.compareTo(LONGEST_TIMEOUT) <= 0) {
                return timeout;
            }
        }
        throw invalid.apply("its timeout has to be a duration such as 500ms, 30s or 2m, an hour at most");
    }
}
