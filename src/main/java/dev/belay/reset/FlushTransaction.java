package dev.belay.reset;

/**
 * The transaction in which a flush was done, kept just before its commit: PostgreSQL tells of it afterwards, also after a
 * crash, whether it was committed.
 */
record FlushTransaction(String id) {}
