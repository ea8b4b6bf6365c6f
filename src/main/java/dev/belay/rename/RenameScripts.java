package dev.belay.rename;

import dev.belay.review.Remark;
import java.util.List;

/**
 * The two scripts of a rename.
 *
 * @param what the change in a few words
 * @param forward the V script
 * @param back the U script
 * @param remarks what a person should know before running them
 */
public record RenameScripts(String what, String forward, String back, List<Remark> remarks) {

    public RenameScripts {
        remarks = List.copyOf(remarks);
    }
}
