/** Draws boxes and arrows as Mermaid, Graphviz or SVG. Knows nothing of what they stand for, and uses nothing of Belay. */
@NullMarked
package dev.belay.diagram;

import org.jspecify.annotations.NullMarked;
