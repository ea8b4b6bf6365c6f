package dev.belay.sims;

/** Both ways back: one module by its undo scripts, everything by a restore. */
final class WaysBack {

    private final Scene scene;

    WaysBack(Scene scene) {
        this.scene = scene;
    }

    void play() throws Exception {
        scene.narrator().note("…");
    }
}
