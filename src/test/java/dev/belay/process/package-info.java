/**
 * Fault tests: the service as it is shipped runs as a process of its own and is killed, cut off, stopped and starved, and
 * after each fault one checker looks whether the promises hold. Nothing in the product knows of these tests: where a fault
 * has to come at an exact moment, a trigger in the control database holds the service there.
 */
@NullMarked
package dev.belay.process;

import org.jspecify.annotations.NullMarked;
