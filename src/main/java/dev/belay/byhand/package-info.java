/**
 * Scripts for people who have to lead a database back when Belay cannot: plain bash, psql and pg_restore, left beside a
 * backup before its migration changes anything. May use {@code rehearsal} and what that may use.
 */
@NullMarked
package dev.belay.byhand;

import org.jspecify.annotations.NullMarked;
