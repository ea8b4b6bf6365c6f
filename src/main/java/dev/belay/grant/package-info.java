/**
 * Drafts of what a project declares about roles: scripts that make groups, grants and row policies, and take them back. May
 * use {@code draft}.
 */
@NullMarked
package dev.belay.grant;

import org.jspecify.annotations.NullMarked;
