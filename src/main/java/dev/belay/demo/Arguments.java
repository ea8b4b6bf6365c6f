package dev.belay.demo;

import dev.belay.stage.Folders;
import java.util.List;
import java.util.Optional;

/** What was asked for on the command line. */
record Arguments(Wish wish, String project) {

    static final String SIMS = "sims";

    static final String USAGE = """
            usage: ./belay demo [madaris | sims] [--keep]
                   ./belay demo --stop

              madaris  a core table is renamed under a running application, and back; the one that is shown unless told
              sims     nine modules replace an academic structure, from staging to the way back
              --keep   leave the service and the school's server running afterwards, to try them by hand
              --stop   stop what an earlier run left running
            """;

    /** What is to happen. */
    enum Wish {
        SHOW,
        SHOW_AND_KEEP,
        STOP
    }

    /** Empty when the words make no sense. */
    static Optional<Arguments> parse(String... words) {
        List<String> given = List.of(words);
        if (given.equals(List.of("--stop"))) {
            return Optional.of(new Arguments(Wish.STOP, Folders.FIRST));
        }
        List<String> projects =
                given.stream().filter(word -> !word.equals("--keep")).toList();
        if (projects.size() > 1 || !List.of(Folders.FIRST, SIMS).containsAll(projects)) {
            return Optional.empty();
        }
        String project = projects.isEmpty() ? Folders.FIRST : projects.get(0);
        return Optional.of(new Arguments(given.contains("--keep") ? Wish.SHOW_AND_KEEP : Wish.SHOW, project));
    }
}
