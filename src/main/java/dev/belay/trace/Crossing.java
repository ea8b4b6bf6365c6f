package dev.belay.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a module's script made and that uses what another module has made, although nothing says that the one
 * depends on the other.
 *
 * @param module whose script made it
 * @param needs the module that it does not depend on
 * @param kind such as foreign key, view, trigger
 * @param name of the constraint, trigger or policy; null when the user itself was made
 * @param user what uses, qualified and quoted
 * @param userMaker the module that made it
 * @param used what is used
 * @param usedMaker the module that made it
 * @param declared what the module depends on, as belay.yaml says
 * @param isCircle whether the other module depends on this one
 */
public record Crossing(
        String module,
        String needs,
        String kind,
        @Nullable String name,
        String user,
        String userMaker,
        String used,
        String usedMaker,
        List<String> declared,
        boolean isCircle) {

    public Crossing {
        declared = List.copyOf(declared);
    }
}
