package dev.belay.stage;

import java.util.List;

/** A demo: what is shown. */
public interface Play {

    /** What it is about, in one line. */
    String title();

    /**
     * Plays it.
     *
     * @return the commands with which a person goes on by hand where it ended
     * @throws NotHeldException when something that was claimed is false
     */
    List<String> play(Folders folders, Narrator narrator, Running running) throws Exception;
}
