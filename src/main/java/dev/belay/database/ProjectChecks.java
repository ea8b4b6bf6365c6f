package dev.belay.database;

import java.time.Duration;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a project wants counted and asked of its database, in the order in which it is written.
 *
 * @param timeout of each check and each sample
 */
public record ProjectChecks(List<Filter> filters, List<Check> checks, List<Sample> samples, Duration timeout) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public static final ProjectChecks NONE = new ProjectChecks(List.of(), List.of(), List.of(), DEFAULT_TIMEOUT);

    public ProjectChecks {
        filters = List.copyOf(filters);
        checks = List.copyOf(checks);
        samples = List.copyOf(samples);
    }

    /**
     * Rows that matter by themselves.
     *
     * @param table as written: with its schema or without
     * @param where a condition as in SQL
     */
    public record Filter(String name, String table, String where) {}

    /**
     * A question that has to be answered as expected.
     *
     * @param ask the SQL; the path for {@link Kind#HTTP} and {@link Kind#LOGIN}, the schema for {@link Kind#READABLE}, the module or {@code all}
     *     for {@link Kind#APPLIED}
     * @param status the one status that will do; null for 200 to 299, and where no HTTP is spoken
     * @param refusal what is expected of {@link Kind#REFUSED}; null for all others
     * @param since from which version on it holds; null for always
     * @param atAcceptance whether an acceptance alone asks it: a migration does not make what it needs
     */
    public record Check(
            String name,
            Kind kind,
            String ask,
            @Nullable Integer status,
            @Nullable Refusal refusal,
            @Nullable Since since,
            boolean atAcceptance) {

        /** What answer is expected. */
        public enum Kind {
            /** No script of a module, or of any, is pending or failed. */
            APPLIED,
            /** The superuser is let in at the application's login form. */
            LOGIN,
            /** A row of every table and view of a schema, where there is one. */
            READABLE,
            /** The last of some statements is refused. */
            REFUSED,
            /** One row with one column that is true. */
            SQL,
            /** No row at all. */
            NO_ROWS,
            /** A status of the application. */
            HTTP
        }
    }

    /**
     * What PostgreSQL has to say.
     *
     * @param sqlState five characters
     * @param constraint the constraint that refuses; null for whichever does
     */
    public record Refusal(String sqlState, @Nullable String constraint) {}

    /**
     * Statements that make rows through a chain of tables; they are always rolled back.
     *
     * @param since from which version on it can be made; null for always
     */
    public record Sample(String name, String sql, @Nullable Since since) {}

    /** A version of a module. */
    public record Since(String module, String version) {

        /**
         * Whether a module has come so far.
         *
         * @param current the module's version; null for none
         */
        public boolean isReached(@Nullable String current) {
            return current != null
                    && MigrationVersion.fromVersion(current).compareTo(MigrationVersion.fromVersion(version)) >= 0;
        }

        @Override
        public String toString() {
            return module + " " + version;
        }
    }
}
