package dev.belay.rename;

import java.util.List;

/**
 * The two scripts of a rename.
 *
 * @param what the change in a few words
 * @param forward the V script
 * @param back the U script
 * @param remarks what a person should know before running them, each a sentence or two
 */
public record RenameScripts(String what, String forward, String back, List<String> remarks) {

    public RenameScripts {
        remarks = List.copyOf(remarks);
    }
}
