package dev.belay.database;

/** What a database is for. */
public enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION
}
