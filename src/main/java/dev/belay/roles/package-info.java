/**
 * Who may do what: makes the groups, permissions, PostgreSQL roles, grants, row policies and the superuser that a project
 * declares, and tries what each role may do, all in one transaction. May use {@code migration} and what that may use.
 */
@NullMarked
package dev.belay.roles;

import org.jspecify.annotations.NullMarked;
