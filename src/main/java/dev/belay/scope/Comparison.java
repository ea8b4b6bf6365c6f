package dev.belay.scope;

import dev.belay.catalog.Catalog;
import dev.belay.catalog.Fingerprint;
import dev.belay.database.HistoryTable;
import dev.belay.database.ProjectModule;
import java.util.List;
import java.util.Set;

/**
 * What counts when two states of a database are compared in a migration: not Flyway's history tables, whose rows are meant
 * to differ, nor the schema with what was salvaged, nor what a dump leaves out.
 */
public final class Comparison {

    private static final Set<String> NOT_DUMPED = Set.of("invalid index", "subscription");
    /** The schema in which ways back keep what they have no place for. */
    public static final String SALVAGE = "belay_salvage";

    private final List<ProjectModule> modules;

    public Comparison(List<ProjectModule> modules) {
        this.modules = List.copyOf(modules);
    }

    public Catalog of(Catalog catalog) {
        return catalog.withoutSchema(SALVAGE)
                .without(object -> NOT_DUMPED.contains(object.type()) || isHistory(object.identity()));
    }

    /** Where sequences stand is left out too: a number that was drawn once is not given back by an undo. */
    public Fingerprint of(Fingerprint fingerprint) {
        Fingerprint rest = fingerprint.asDumped().withoutSchema(SALVAGE).withoutTables(this::isHistory);
        return new Fingerprint(
                rest.serverMajor(), of(rest.catalog()), rest.tables(), new java.util.TreeMap<>(), rest.largeObjects());
    }

    /** Whether a written name is that of a history table, or of something that belongs to one. */
    public boolean isHistory(String identity) {
        return modules.stream().anyMatch(module -> names(identity, module.schema() + "." + module.history()));
    }

    /**
     * The same for history tables that are named.
     *
     * @param histories unquoted, such as {@code public.flyway_schema_history}
     */
    public static boolean isOfOne(Set<String> histories, String identity) {
        return histories.stream().anyMatch(table -> names(identity, table));
    }

    /** The table itself, its columns and constraints, the two indexes that Flyway names after it, and what it was before. */
    private static boolean names(String identity, String table) {
        String bare = identity.replace("\"", "");
        return bare.equals(table)
                || bare.startsWith(table + ".")
                || bare.startsWith(table + " ")
                || bare.equals(table + "_pk")
                || bare.equals(table + "_s_idx")
                || HistoryTable.isArchive(table, bare);
    }
}
