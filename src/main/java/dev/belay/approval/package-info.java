/**
 * Who lets a plan be applied, and when: approvals, how old a plan and its backup may be, maintenance windows. May use
 * {@code plan} and what that may use.
 */
@NullMarked
package dev.belay.approval;

import org.jspecify.annotations.NullMarked;
