package dev.belay.demo;

import java.util.List;
import java.util.Optional;

/** What was asked for on the command line. */
record Arguments(Wish wish) {

    static final String USAGE = """
            usage: ./belay demo [madaris] [--keep]
                   ./belay demo --stop

              madaris  the project to show, the only one yet
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
            return Optional.of(new Arguments(Wish.STOP));
        }
        List<String> projects =
                given.stream().filter(word -> !word.equals("--keep")).toList();
        if (!projects.isEmpty() && !projects.equals(List.of("madaris"))) {
            return Optional.empty();
        }
        return Optional.of(new Arguments(given.contains("--keep") ? Wish.SHOW_AND_KEEP : Wish.SHOW));
    }
}
