/**
 * Who may do what: tokens, identities of an OIDC issuer, roles, and the decision about each request. May use
 * {@code database}.
 */
@NullMarked
package dev.belay.access;

import org.jspecify.annotations.NullMarked;
