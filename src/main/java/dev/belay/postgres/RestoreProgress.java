package dev.belay.postgres;

import java.util.List;

/** Counts the entries that pg_restore has dealt with: one after the other at first, then in parallel. */
final class RestoreProgress {

    private static final List<String> SERIAL = List.of("creating ", "processing data for table ", "executing ");

    private final int entries;
    private final Monitor monitor;
    private boolean parallel;
    private int done;

    RestoreProgress(int entries, Monitor monitor) {
        this.entries = entries;
        this.monitor = monitor;
    }

    void line(String line) {
        if (line.equals("entering main parallel loop")) {
            parallel = true;
        } else if (parallel
                ? line.startsWith("finished item ")
                : SERIAL.stream().anyMatch(line::startsWith)) {
            done++;
            monitor.progress(entries == 0 ? 0 : Math.min(1, (double) done / entries), line);
        }
    }
}
