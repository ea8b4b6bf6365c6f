package dev.belay.masking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.ProjectMasking.Kind;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** How long a million rows take; run by hand. */
class MaskingBenchmark {

    private static final Logger LOG = Logger.getLogger(MaskingBenchmark.class);

    @Test
    void a_million_rows_with_six_rules_and_a_foreign_key() {
        Source source = new Source(
                        "CREATE TABLE account (email varchar(60) PRIMARY KEY, full_name text, login varchar(20) UNIQUE,"
                                + " born date, town text, password text)",
                        "INSERT INTO account SELECT 'p' || i || '@school.test', 'Person ' || i, 'login' || i,"
                                + " '1990-01-01'::date + i % 9000, 'town ' || i % 900, md5(i::text)"
                                + " FROM generate_series(1, 1000000) i",
                        "CREATE TABLE visit (id int PRIMARY KEY, account varchar(60) REFERENCES account)",
                        "INSERT INTO visit SELECT i, 'p' || i || '@school.test' FROM generate_series(1, 200000) i")
                .rule("account", "email", Kind.FAKE_EMAIL)
                .rule("account", "full_name", Kind.FAKE_NAME)
                .rule("account", "login", Kind.HASH)
                .rule("account", "born", Kind.SHIFT_DATES)
                .rule("account", "town", Kind.SHUFFLE)
                .fixed("account", "password", "!");
        long start = System.nanoTime();

        MaskingReport report = source.mask();

        LOG.infof("%d values masked, both restores included, in %d ms", report.values(), ms(start));
        LOG.infof("of which both restores without masking take %d ms", restores(source));
        assertThat(report.values()).isEqualTo(6_200_000);
    }

    private static long restores(Source source) {
        long start = System.nanoTime();
        source.restoreOnly();
        return ms(start);
    }

    private static long ms(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
