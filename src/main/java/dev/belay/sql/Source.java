package dev.belay.sql;

/**
 * A script as text.
 *
 * @param file its path below the module's folder
 * @param sql with its placeholders replaced
 */
public record Source(String module, String file, String sql) {}
