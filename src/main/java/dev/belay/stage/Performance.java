package dev.belay.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** A whole demo, from an empty folder to a report. */
public final class Performance {

    private final Folders folders;
    private final DemoConsole console;
    private final Play play;

    public Performance(Folders folders, DemoConsole console, Play play) {
        this.folders = folders;
        this.console = console;
        this.play = play;
    }

    /**
     * Shows it and leaves the report.
     *
     * @param keep whether to leave the servers running if all goes well
     * @return whether everything held
     */
    public boolean show(boolean keep) throws IOException {
        long begun = System.nanoTime();
        Report report = new Report(play.title());
        console.title(report.title());
        Running running = new Running(console);
        Thread onSignal = new Thread(running::interrupt, "stop-the-demo");
        Runtime.getRuntime().addShutdownHook(onSignal);
        String failure = "";
        List<String> byHand = List.of();
        try (running) {
            byHand = play.play(folders, new Narrator(console, report), running);
            if (keep) {
                running.keep();
            }
        } catch (Exception e) {
            if (running.wasInterrupted()) {
                return false;
            }
            failure = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        }
        report.end(failure);
        write(report);
        console.line("");
        tell(report, Duration.ofNanos(System.nanoTime() - begun));
        if (keep && failure.isEmpty()) {
            console.line("");
            console.title("It goes on running. Try it:");
            byHand.forEach(line -> console.line("   " + line));
            console.line("Stop it with: ./belay demo --stop");
        }
        return failure.isEmpty();
    }

    private void write(Report report) throws IOException {
        Files.writeString(folders.markdown(), MarkdownReport.render(report));
        Files.writeString(folders.html(), HtmlReport.render(report));
    }

    private void tell(Report report, Duration took) {
        if (report.held()) {
            console.title(report.outcome() + " It took " + Text.seconds(took) + ".");
        } else {
            console.failure(report.outcome());
            console.line("   service's log   " + folders.serviceLog());
            console.line("   server's log    " + folders.server().resolve("server.log"));
            console.line("   demo's own log  " + folders.ownLog());
        }
        console.line("   report          " + folders.html());
        console.line("                   " + folders.markdown());
        if (Files.exists(folders.plan())) {
            console.line("   migration plan  " + folders.plan());
        }
    }
}
