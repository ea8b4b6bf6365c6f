/**
 * What has to hold before a database may be changed: approval, freshness, maintenance windows, risk. Pure values with
 * defaults by environment and what the configuration says otherwise. May use {@code problem}.
 */
@NullMarked
package dev.belay.policy;

import org.jspecify.annotations.NullMarked;
