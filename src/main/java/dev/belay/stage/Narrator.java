package dev.belay.stage;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Tells what happens: at once on the console, and in the report. */
public final class Narrator {

    private static final int WIDTH = 118;

    private final DemoConsole console;
    private final Report report;

    public Narrator(DemoConsole console, Report report) {
        this.console = console;
        this.report = report;
    }

    public DemoConsole console() {
        return console;
    }

    public Report report() {
        return report;
    }

    public void part(String title, String text) {
        report.begin(title, text);
        console.line("");
        console.title((report.sections().size() - 1) + ". " + title);
    }

    /**
     * Does something that takes a while.
     *
     * @param detail what is to be told of its result
     */
    public <T> T timed(String name, Callable<T> work, Function<T, String> detail) throws Exception {
        console.live("   " + name + " …");
        long begun = System.nanoTime();
        T result = work.call();
        done(name, Duration.ofNanos(System.nanoTime() - begun), detail.apply(result));
        return result;
    }

    public void done(String name, Duration took, String detail) {
        String lead = String.format(Locale.ROOT, "   %-13s %8s  ", name, Text.seconds(took));
        Text.wrap(lead, detail, WIDTH).forEach(console::line);
        report.add(new Report.Done(name, took.toMillis() / 1000.0, detail));
    }

    public void note(String text) {
        console.line("   " + text);
        report.note(text);
    }

    /**
     * States a claim.
     *
     * @throws NotHeldException when it is false
     */
    public void check(String claim, Object expected, Object found) {
        Check check = Check.of(claim, expected, found);
        console.check(check);
        report.add(check);
        if (!check.held()) {
            throw new NotHeldException(check);
        }
    }
}
