package dev.belay.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.catalog.Relations;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an audit read, all of it at one moment. Holds counts, names and keys, never other values of rows.
 *
 * @param at when
 * @param tables those that the scripts name and those with filters; all of the project's when no scripts are pending
 * @param filters the rows under the project's filters
 * @param demands what the scripts' own constraints demand of rows that are there, in the order of the scripts
 * @param unindexedForeignKeys foreign keys of and to these tables that no index supports
 * @param sequences those of these tables that have used up much of their range
 * @param longTransactions transactions of others that have been open for a while
 */
public record Audit(
        Instant at,
        List<TableFacts> tables,
        List<FilterCount> filters,
        List<Demand> demands,
        List<ForeignKey> unindexedForeignKeys,
        List<SequenceUse> sequences,
        List<LongTransaction> longTransactions) {

    public Audit {
        tables = List.copyOf(tables);
        filters = List.copyOf(filters);
        demands = List.copyOf(demands);
        unindexedForeignKeys = List.copyOf(unindexedForeignKeys);
        sequences = List.copyOf(sequences);
        longTransactions = List.copyOf(longTransactions);
    }

    /**
     * A table; of a partitioned one all that its partitions hold.
     *
     * @param name qualified, and quoted where needed
     * @param rows exact; null, as all but the name and the problem are, when it could not be read
     * @param tableBytes without indexes and TOAST
     * @param problem why it could not be read; null when it was
     * @param relations what hangs on it and what it hangs on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TableFacts(
            String name,
            @Nullable Long rows,
            @Nullable Long tableBytes,
            @Nullable Long indexBytes,
            @Nullable Long toastBytes,
            @Nullable String problem,
            @Nullable Relations relations) {}

    /**
     * How many rows a filter finds.
     *
     * @param rows null when they could not be counted
     * @param problem why not; null when they were
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FilterCount(
            String name,
            String table,
            String where,
            @Nullable Long rows,
            @Nullable String problem) {}

    /** What is demanded. */
    @Schema(name = "DemandKind")
    public enum Kind {
        NOT_NULL,
        CHECK,
        UNIQUE,
        FOREIGN_KEY,
        EXCLUSION,
        VALIDATION
    }

    /**
     * One thing that a script's constraint demands of rows that are there.
     *
     * @param table its name as it is now
     * @param demand as SQL, with the names that the script uses
     * @param script the file
     * @param line where the statement begins
     * @param notValid whether the statement itself leaves the rows that are there alone
     * @param rows how many break it; null when that was not asked
     * @param keys of at most ten of them: values of the primary key if those are numbers or UUIDs, else the beginning of
     *     their MD5; without a primary key the place of the row
     * @param keysHidden whether a key's value is replaced by its MD5, because it may be personal
     * @param notAsked why it was not asked; null when it was
     * @param advice what to do about the rows; null when there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Demand(
            Kind kind,
            String table,
            String demand,
            String script,
            int line,
            boolean notValid,
            @Nullable Long rows,
            List<String> keys,
            boolean keysHidden,
            @Nullable String notAsked,
            @Nullable String advice) {

        public Demand {
            keys = List.copyOf(keys);
        }

        /** Whether there are rows that break it. */
        public boolean hasFindings() {
            return rows != null && rows > 0;
        }

        private boolean isMeant(String sqlState) {
            return switch (kind) {
                case NOT_NULL -> sqlState.equals("23502");
                case FOREIGN_KEY -> sqlState.equals("23503");
                case UNIQUE -> sqlState.equals("23505");
                case CHECK -> sqlState.equals("23514");
                case EXCLUSION -> sqlState.equals("23P01");
                case VALIDATION -> sqlState.startsWith("23");
            };
        }

        /** One clause for a person. */
        public String shown() {
            return table + ": " + demand + " is broken by " + rows
                    + (Long.valueOf(1).equals(rows) ? " row" : " rows") + " (" + String.join("; ", keys)
                    + (rows != null && rows > keys.size() ? "; …" : "") + ")";
        }
    }

    /** A foreign key, with the table that has it and the one it leads to. */
    @Schema(name = "UnindexedForeignKey")
    public record ForeignKey(String name, String table, List<String> columns, String referencedTable) {}

    /**
     * A sequence.
     *
     * @param table the table it belongs to
     * @param last the value it gave out last
     * @param limit the last one it can give out, or that its column can hold
     * @param used the part of the range that is used up, 0 to 1
     */
    public record SequenceUse(String name, String table, long last, long limit, double used) {}

    /**
     * A transaction of another session.
     *
     * @param seconds how long it has been open
     * @param state what its session does: active, idle in transaction, …
     */
    public record LongTransaction(int pid, long seconds, String application, String user, String state) {}

    /** What the scripts demand and rows break. */
    public List<Demand> findings() {
        return demands.stream().filter(Demand::hasFindings).toList();
    }

    /**
     * What the audit found that explains a constraint's failure.
     *
     * @param sqlState PostgreSQL's error code
     * @return a sentence with a space before it; empty when nothing was found
     */
    public String explains(String sqlState) {
        List<Demand> found =
                findings().stream().filter(demand -> demand.isMeant(sqlState)).toList();
        return found.isEmpty()
                ? ""
                : " The audit had found: " + found.stream().map(Demand::shown).collect(Collectors.joining("; ")) + ".";
    }
}
