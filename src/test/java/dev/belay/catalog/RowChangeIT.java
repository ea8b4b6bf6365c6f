package dev.belay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.TestPostgres;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One small change of rows each, in a clone of the database with one of everything. */
class RowChangeIT {

    private static final DatabaseAddress ORIGINAL = Copies.everything();
    private static final Fingerprint EXPECTED = Fingerprinter.take(ORIGINAL, null, 2, Monitor.none());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UPDATE public.duplicates SET a = 3 WHERE a = 2 | rows public.duplicates",
                "UPDATE public.duplicates SET b = CASE a WHEN 2 THEN 'x' ELSE 'y' END WHERE a IN (1, 2)"
                        + " | rows public.duplicates",
                "UPDATE shop.order_lines SET what = (ARRAY['thing 2', 'thing 1'])[order_id] WHERE order_id < 3"
                        + " | rows shop.order_lines",
                "UPDATE shop.customers SET state = 'paid' WHERE name = 'Bob' | rows shop.customers",
                "UPDATE shop.customers SET name = 'ANN' WHERE name = 'Ann' AND kind = 'a' | rows shop.customers",
                "UPDATE shop.customers SET mail = 'ANN@example.org' WHERE kind = 'a' | rows shop.customers",
                "UPDATE shop.customers SET tags = ARRAY['x', NULL, 'NULL'] WHERE kind = 'a' | rows shop.customers",
                "UPDATE shop.customers SET home = ROW(NULL, '', NULL) WHERE kind = 'c''d' | rows shop.customers",
                "UPDATE public.odd_types SET id = 0 WHERE id = 1 | rows public.odd_types",
                "UPDATE public.odd_types SET id = 8589934592 WHERE id = 4294967296 | rows public.odd_types",
                "UPDATE public.odd_types SET n = 1.100 WHERE id = 2 | rows public.odd_types",
                "UPDATE public.odd_types SET f4 = 0 WHERE id = 2 | rows public.odd_types",
                "UPDATE public.odd_types SET open = 'ab' WHERE id = 1 | rows public.odd_types",
                "UPDATE public.odd_types SET j = '{\"a\":1,\"a\":2}' WHERE id = 1 | rows public.odd_types",
                "UPDATE public.odd_types SET tz = tz + interval '1 microsecond' WHERE id = 1 | rows public.odd_types",
                "UPDATE public.odd_types SET \"by\" = NULL WHERE id = 2 | rows public.odd_types",
                "UPDATE public.odd_types SET m = '0.01' WHERE id = 4294967296 | rows public.odd_types",
                "DELETE FROM shop.order_lines WHERE order_id = 5 | rows shop.order_lines",
                "DELETE FROM public.duplicates WHERE ctid = '(0,1)' | rows public.duplicates",
                "INSERT INTO public.duplicates VALUES (9, 'z'), (9, 'z') | rows public.duplicates",
                "INSERT INTO public.nothing DEFAULT VALUES | rows public.nothing",
                "INSERT INTO public.child VALUES (9, 'x') | rows public.child",
                "UPDATE public.cache SET v = '3' WHERE k = 'b' | rows public.cache",
                "REFRESH MATERIALIZED VIEW shop.empty_view | rows shop.empty_view was not expected",
                "SELECT lo_put(70002, 10000, '\\x02') | large objects of the database",
                "SELECT lo_unlink(70003) | large objects of the database",
                "GRANT UPDATE ON LARGE OBJECT 70001 TO \"Reader ünï\" | large objects of the database",
                "COMMENT ON LARGE OBJECT 70001 IS NULL | large objects of the database",
                "SELECT nextval('public.untouched') | sequence value public.untouched",
                "SELECT setval('public.countdown', 5, false) | sequence value public.countdown",
            })
    void is_found_and_named_without_telling_values(String change, String message) {
        DatabaseAddress changed = Copies.ofFiles(ORIGINAL);
        TestPostgres.execute(changed, change);

        Fingerprint actual = Fingerprinter.take(changed, null, 2, Monitor.none());

        assertThat(EXPECTED.differences(actual))
                .extracting(Difference::message)
                .anyMatch(found -> found.startsWith(message))
                .noneMatch(found -> found.contains("thing 1"));
    }
}
