package dev.belay.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the first and the last lines of a program's output, so that a talkative one cannot fill the heap. */
final class BoundedLines implements Consumer<String> {

    private static final int FIRST = 100;
    private static final int LAST = 200;
    private static final int LINE_LENGTH = 4096;

    private final List<String> first = new ArrayList<>();
    private final Deque<String> last = new ArrayDeque<>();
    private long dropped;

    @Override
    public synchronized void accept(String line) {
        if (first.size() < FIRST) {
            first.add(line);
            return;
        }
        last.addLast(line);
        if (last.size() > LAST) {
            last.removeFirst();
            dropped++;
        }
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>(first);
        if (dropped > 0) {
            lines.add("[" + dropped + " lines left out]");
        }
        lines.addAll(last);
        return List.copyOf(lines);
    }

    /** As {@link BufferedReader#readLine()}, but a line without an end is cut instead of collected. */
    static void read(BufferedReader reader, Consumer<String> sink) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        while (next >= 0) {
            if (next == '\n') {
                sink.accept(line.toString());
                line.setLength(0);
            } else if (line.length() < LINE_LENGTH) {
                line.append((char) next);
            }
            next = reader.read();
        }
        if (line.length() > 0) {
            sink.accept(line.toString());
        }
    }
}
