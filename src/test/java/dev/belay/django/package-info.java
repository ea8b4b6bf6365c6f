/**
 * Belay and a real Django project, which is in {@code src/test/resources/django}: the code of the application before and
 * after a RenameModel, run with Debian's python3-django against databases that Belay changes.
 */
@NullMarked
package dev.belay.django;

import org.jspecify.annotations.NullMarked;
