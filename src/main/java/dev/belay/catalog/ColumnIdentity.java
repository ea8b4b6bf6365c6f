package dev.belay.catalog;

/**
 * A column of a table.
 *
 * @param attnum what stays when it is renamed
 * @param type as PostgreSQL writes it, with its length or precision
 */
public record ColumnIdentity(int attnum, String name, String type) {}
