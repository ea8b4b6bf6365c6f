package dev.belay.database;

import dev.belay.database.ProjectChecks.Check;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one check of belay.yaml: exactly one question, and nothing that belongs to another. */
final class ProjectCheckReader {

    /** Any schema's name; what stands here is quoted where it is used. */
    private static final int LONGEST_SCHEMA_NAME = 63;

    private final ProjectChecksReader reader;
    private final ProjectFile.CheckEntry entry;
    private final String name;
    private final String what;

    ProjectCheckReader(ProjectChecksReader reader, ProjectFile.CheckEntry entry, String name) {
        this.reader = reader;
        this.entry = entry;
        this.name = name;
        this.what = "the check \"" + name + "\"";
    }

    Check read() {
        List<@Nullable String> questions = Stream.of(
                        entry.sql(),
                        entry.noRows(),
                        entry.http(),
                        entry.refused(),
                        entry.readable(),
                        entry.login(),
                        entry.applied())
                .filter(Objects::nonNull)
                .toList();
        if (questions.size() != 1) {
            throw reader.invalid(
                    what + " needs exactly one of sql, noRows, http, refused, readable, login and applied");
        }
        if (entry.status() != null && (entry.http() == null || entry.status() < 100 || entry.status() > 599)) {
            throw reader.invalid(what + " has a status, which has to be from 100 to 599 and goes with http alone");
        }
        if (entry.refused() == null && (entry.sqlState() != null || entry.constraint() != null)) {
            throw reader.invalid(what + " has a sqlState or a constraint, which goes with refused alone");
        }
        if (entry.http() != null) {
            return request(Check.Kind.HTTP, entry.http());
        }
        if (entry.refused() != null) {
            return refused(entry.refused());
        }
        if (entry.readable() != null) {
            return readable(entry.readable());
        }
        if (entry.login() != null) {
            return request(Check.Kind.LOGIN, entry.login());
        }
        return entry.applied() != null ? applied(entry.applied()) : query();
    }

    private Check query() {
        boolean isTrue = entry.sql() != null;
        String sql = reader.single(reader.required(isTrue ? entry.sql() : entry.noRows(), what + " has no SQL"), what);
        return check(isTrue ? Check.Kind.SQL : Check.Kind.NO_ROWS, sql, null);
    }

    private Check request(Check.Kind kind, String path) {
        if (!path.matches("/(?!/)[\\x21-\\x7e&&[^#\\\\]]*|/")) {
            throw reader.invalid(what + " needs a path that begins with one '/' and has no spaces; the host"
                    + " is that of belay.databases.<name>.application-url");
        }
        return check(kind, path, null);
    }

    private Check refused(String sql) {
        reader.requireTransactional(reader.required(sql, what + " has no SQL"), what);
        String sqlState = entry.sqlState();
        if (sqlState == null || !sqlState.matches("[0-9A-Z]{5}")) {
            throw reader.invalid(
                    what + " needs a sqlState of five digits and capitals, such as \"23505\" in quotes for a"
                            + " value that is there already");
        }
        return check(Check.Kind.REFUSED, sql, new ProjectChecks.Refusal(sqlState, entry.constraint()));
    }

    private Check readable(String schema) {
        if (schema.isBlank() || schema.length() > LONGEST_SCHEMA_NAME) {
            throw reader.invalid(what + " needs the name of a schema in readable");
        }
        return check(Check.Kind.READABLE, schema, null);
    }

    private Check applied(String module) {
        if (!module.equals("all") && !reader.isModule(module)) {
            throw reader.invalid(
                    what + " names in applied the module " + module + ", which is not there; name one, or all");
        }
        return check(Check.Kind.APPLIED, module, null);
    }

    /** That all is applied is no question while it is being applied, and no migration makes a superuser. */
    private Check check(Check.Kind kind, String ask, ProjectChecks.@Nullable Refusal refusal) {
        return new Check(
                name,
                kind,
                ask,
                entry.status(),
                refusal,
                reader.since(entry.module(), entry.from(), what),
                kind == Check.Kind.APPLIED || kind == Check.Kind.LOGIN || Boolean.TRUE.equals(entry.atAcceptance()));
    }
}
