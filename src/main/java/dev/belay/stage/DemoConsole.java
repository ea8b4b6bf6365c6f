package dev.belay.stage;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** The demo's account on a terminal, or in a file or pipe, where nothing is overwritten and nothing is coloured. */
public final class DemoConsole {

    private static final int LIVE_WIDTH = 100;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colours;

    public DemoConsole(PrintStream out, boolean terminal, boolean colours) {
        this.out = out;
        this.terminal = terminal;
        this.colours = colours;
    }

    public static DemoConsole of(PrintStream out, Map<String, String> environment) {
        boolean terminal =
                isTerminal() && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new DemoConsole(out, terminal, terminal && wanted);
    }

    /** Says what is going on now; the next thing said takes its place. Silent where lines cannot be taken back. */
    public synchronized void live(String text) {
        if (terminal) {
            String cut = text.length() > LIVE_WIDTH ? text.substring(0, LIVE_WIDTH - 1) + "…" : text;
            out.print(ERASE_LINE + paint("2", cut));
            out.flush();
        }
    }

    public synchronized void line(String text) {
        out.println((terminal ? ERASE_LINE : "") + text);
        out.flush();
    }

    public void title(String text) {
        line(paint("1", text));
    }

    public void check(Check check) {
        line(
                check.held()
                        ? "   " + paint("32", "✓") + " " + check.claim() + ": " + check.found()
                        : "   " + paint("31", "✗") + " " + check.claim() + ": expected " + check.expected() + ", found "
                                + paint("31", check.found()));
    }

    public void failure(String text) {
        line(paint("31", text));
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Java 17 cannot tell whether its output alone is a terminal; the shell's own test can. */
    private static boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
