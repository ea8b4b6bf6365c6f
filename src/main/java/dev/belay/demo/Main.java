package dev.belay.demo;

import dev.belay.demo.Arguments.Wish;
import dev.belay.madaris.MadarisPlay;
import dev.belay.sims.SimsPlay;
import dev.belay.stage.DemoConsole;
import dev.belay.stage.Folders;
import dev.belay.stage.Leftovers;
import dev.belay.stage.OnlyOne;
import dev.belay.stage.Performance;
import dev.belay.stage.Play;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Where {@code ./belay demo} begins. Ends with 0 only when everything that was claimed held. */
public final class Main {

    private static final int USAGE_ERROR = 2;

    private Main() {}

    /** Shows the demo, or stops what an earlier one kept. */
    public static void main(String... words) throws IOException {
        // Ticks and dashes, whatever Java makes of the locale: in a container there is none.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Optional<Arguments> arguments = Arguments.parse(words);
        if (arguments.isEmpty()) {
            out.print(Arguments.USAGE);
            System.exit(USAGE_ERROR);
        }
        Wish wish = arguments.orElseThrow().wish();
        String project = arguments.orElseThrow().project();
        Folders folders = folders(project);
        Files.createDirectories(folders.home());
        if (!OnlyOne.isAlone(folders.lock())) {
            out.println("Another demo is playing in " + folders.home() + "; nothing was started or stopped.");
            System.exit(1);
        }
        logTo(folders.ownLog());
        if (wish == Wish.STOP) {
            boolean any = new Leftovers(folders).stop();
            any |= new Leftovers(folders(Arguments.SIMS)).stop();
            out.println(any ? "stopped" : "nothing of the demo is running");
            System.exit(0);
        }
        DemoConsole console = DemoConsole.of(out, System.getenv());
        System.exit(new Performance(folders, console, play(project)).show(wish == Wish.SHOW_AND_KEEP) ? 0 : 1);
    }

    private static Folders folders(String project) {
        return Folders.of(project, Path.of(""), System.getenv("BELAY_HOME"));
    }

    private static Play play(String project) {
        return project.equals(Arguments.SIMS) ? new SimsPlay() : new MadarisPlay();
    }

    /** Flyway and the embedded server log; that is not part of the account. */
    private static void logTo(Path file) throws IOException {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        // The embedding log manager begins with everything, down to what a driver sends.
        root.setLevel(Level.INFO);
        FileHandler handler = new FileHandler(file.toString());
        handler.setFormatter(new SimpleFormatter());
        root.addHandler(handler);
    }
}
