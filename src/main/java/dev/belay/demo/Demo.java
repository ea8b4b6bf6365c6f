package dev.belay.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

/** The whole demo, from an empty folder to a report. */
final class Demo {

    private final Folders folders;
    private final DemoConsole console;

    Demo(Folders folders, DemoConsole console) {
        this.folders = folders;
        this.console = console;
    }

    /**
     * Shows it and leaves the report.
     *
     * @param keep whether to leave the servers running if all goes well
     * @return whether everything held
     */
    boolean show(boolean keep) throws IOException {
        long begun = System.nanoTime();
        Report report = new Report();
        console.title(Report.TITLE);
        Running running = new Running(console);
        Thread onSignal = new Thread(running::interrupt, "stop-the-demo");
        Runtime.getRuntime().addShutdownHook(onSignal);
        String failure = "";
        Stage kept = null;
        try (running) {
            Stage stage = play(new Narrator(console, report), running);
            if (keep) {
                running.keep();
                kept = stage;
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
        if (kept != null) {
            howToGoOn(kept);
        }
        return failure.isEmpty();
    }

    private Stage play(Narrator narrator, Running running) throws Exception {
        Stage stage = new SetUp(folders, narrator, running).play();
        Before before = new Before(stage);
        Noted noted = before.playState();
        before.playBackup(noted);
        new ThereAndBack(stage, noted, running.add(new OldApplication(stage.school()))).play();
        new OtherWayBack(stage, noted).play();
        return stage;
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
            console.line("   server's log    " + folders.school().resolve("server.log"));
            console.line("   demo's own log  " + folders.ownLog());
        }
        console.line("   report          " + folders.html());
        console.line("                   " + folders.markdown());
        if (Files.exists(folders.plan())) {
            console.line("   migration plan  " + folders.plan());
        }
    }

    private void howToGoOn(Stage stage) throws IOException {
        String base = stage.client().base().toString();
        console.line("");
        console.title("It goes on running. Try it:");
        console.line("   curl -s " + base + "/databases/madaris/schema");
        console.line("   curl -s " + base + "/rollbacks?limit=1");
        console.line("   curl -si -X POST -H 'Content-Type: application/json' -d '{\"database\": \"madaris\"}' " + base
                + "/migrations");
        console.line("   " + base + "/q/swagger-ui");
        console.line("   " + stage.school().psql());
        console.line("Stop it with: ./belay demo --stop");
    }
}
