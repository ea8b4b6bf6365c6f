package dev.belay.trace;

/**
 * A lock on a relation. Those on PostgreSQL's own catalog are left out.
 *
 * @param relation qualified and quoted where needed; what it was called before the statement, where it was there then
 * @param kind what kind of relation it is
 * @param isNew whether the same transaction made the relation, so that nobody else can wait for it
 */
public record Lock(String relation, RelationKind kind, LockMode mode, boolean isNew) {}
