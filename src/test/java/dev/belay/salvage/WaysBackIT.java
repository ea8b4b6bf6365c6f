package dev.belay.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Both ways back on random schemas, migrations and writes: every row is as a plain reference has it, or listed among what
 * was salvaged. {@code -Dproperty.seeds=N} tries so many seeds from {@code -Dproperty.from=S}, {@code -Dproperty.seed=S}
 * tries one; a failure prints everything as SQL.
 */
class WaysBackIT {

    private static final Logger LOG = Logger.getLogger(WaysBackIT.class);

    @Test
    void whatever_is_written_comes_back_or_is_listed() throws Exception {
        List<Long> seeds = seeds();
        ExecutorService workers = Executors.newFixedThreadPool(2);
        List<String> failed = new ArrayList<>();
        long start = System.nanoTime();
        try {
            List<Future<WaysBack.Outcome>> outcomes = seeds.stream()
                    .map(seed -> workers.submit(() -> WaysBack.of(seed)))
                    .toList();
            Tally tally = new Tally();
            for (Future<WaysBack.Outcome> next : outcomes) {
                WaysBack.Outcome outcome = next.get();
                tally.add(outcome);
                if (!outcome.faults().isEmpty()) {
                    failed.add("seed " + outcome.scenario().seed() + ": "
                            + String.join("\n  ", outcome.faults()) + "\n"
                            + (failed.size() < 5 ? outcome.scenario().shown() : ""));
                }
            }
            LOG.infof("%s in %.1f s", tally, (System.nanoTime() - start) / 1e9);
        } finally {
            workers.shutdownNow();
        }
        assertThat(failed).as("%d of %d seeds", failed.size(), seeds.size()).isEmpty();
    }

    private static List<Long> seeds() {
        Long one = Long.getLong("property.seed");
        long from = Long.getLong("property.from", 1);
        return one != null
                ? List.of(one)
                : LongStream.range(from, from + Long.getLong("property.seeds", 500))
                        .boxed()
                        .toList();
    }

    /** How much was tried: a generator that makes nothing up finds no fault either. */
    private static final class Tally {
        private int seeds;
        private int statements;
        private int writes;
        private int refused;
        private int conflicts;
        private int exchanged;
        private int generated;
        private int notGenerated;

        void add(WaysBack.Outcome outcome) {
            Scenario scenario = outcome.scenario();
            seeds++;
            statements += scenario.forward().size();
            writes += (int) Stream.concat(scenario.writes().stream(), scenario.later().stream())
                    .count();
            refused += (int) outcome.remarks().stream()
                    .filter(remark -> remark.startsWith("undo"))
                    .count();
            generated +=
                    (int) outcome.remarks().stream().filter("generated"::equals).count();
            notGenerated += (int)
                    outcome.remarks().stream().filter("not generated"::equals).count();
            exchanged +=
                    (int) outcome.remarks().stream().filter("exchanged"::equals).count();
            conflicts +=
                    (int) outcome.remarks().stream().filter("conflict"::equals).count();
        }

        @Override
        public String toString() {
            return seeds + " seeds: " + statements + " statements of migrations, " + writes + " writes, " + conflicts
                    + " with conflicts, " + exchanged + " rows listed for exchanged unique values, " + refused
                    + " with an undo refused, " + generated + " by a generated undo, " + notGenerated
                    + " for which none was offered";
        }
    }
}
