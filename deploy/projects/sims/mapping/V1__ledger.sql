-- From the old structure to the new one. This module depends on all that it writes to, has a version for each part, and goes
-- once the legacy modules do. Each part is a function that may be called again at any time, by the owner of the tables:
-- what it has mapped already it leaves alone, whatever the application has made of it since; what was rejected and has
-- been mended it maps then. Nothing is lost on the way: a row is written or it is in mapping_reject, with the reason.
--
-- A mapped row keeps its id, so that the legacy modules, which go on pointing at the old rows, agree with the new ones.


CREATE TABLE mapping_count (
    mapping  varchar(30) PRIMARY KEY,
    read     bigint NOT NULL,
    written  bigint NOT NULL,
    rejected bigint NOT NULL,

    CONSTRAINT mapping_count_in_is_out CHECK (read = written + rejected)
);

COMMENT ON TABLE mapping_count IS 'What each mapping has read, and what became of it; as of its last run.';

CREATE TABLE mapping_reject (
    mapping   varchar(30) NOT NULL,
    legacy_id bigint      NOT NULL,
    reason    text        NOT NULL,
    source    jsonb       NOT NULL,

    PRIMARY KEY (mapping, legacy_id)
);

COMMENT ON TABLE mapping_reject IS
    'Rows of the old structure that the new one does not take. Mend them there, and call the mapping again.';
COMMENT ON COLUMN mapping_reject.source IS 'The row as it was when it was read.';

-- Counts what a mapping did. The check constraint stops a run whose numbers do not add up.
CREATE FUNCTION mapping_settle(mapped varchar, rows_read bigint, rows_written bigint) RETURNS void
    LANGUAGE sql
AS $$
    INSERT INTO mapping_count (mapping, read, written, rejected)
    SELECT mapped, rows_read, rows_written, (SELECT count(*) FROM mapping_reject WHERE mapping = mapped)
    ON CONFLICT (mapping) DO UPDATE
    SET read = excluded.read, written = excluded.written, rejected = excluded.rejected
    WHERE (mapping_count.read, mapping_count.written, mapping_count.rejected)
        IS DISTINCT FROM (excluded.read, excluded.written, excluded.rejected);
$$;

-- The next id that a table hands out is above all that were taken over.
CREATE FUNCTION mapping_skip_ids(of_table regclass, highest bigint) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    sequence text := pg_get_serial_sequence(of_table::text, 'id');
    reached bigint;
BEGIN
    EXECUTE format('SELECT last_value FROM %s', sequence) INTO reached;
    IF highest > reached THEN
        PERFORM setval(sequence, highest);
    END IF;
END
$$;
