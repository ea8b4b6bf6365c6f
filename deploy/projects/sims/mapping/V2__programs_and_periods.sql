-- Program → Program, with what the new one has; the old prospectus, fees and accreditation stay in the schema legacy.
-- Term → AcademicPeriod.


CREATE VIEW mapping_program_verdict AS
SELECT old.*,
       CASE WHEN btrim(title) = '' THEN 'it has no title'
           WHEN row_number() OVER (PARTITION BY btrim(title) ORDER BY id) > 1 THEN 'another program has the same title'
       END AS reason
FROM legacy.academics_program old;

CREATE VIEW mapping_period_verdict AS
SELECT old.*,
       CASE WHEN btrim(title) = '' THEN 'it has no title'
           WHEN row_number() OVER (PARTITION BY btrim(title) ORDER BY id) > 1 THEN 'another term has the same title'
           WHEN ends_on < starts_on THEN 'it ends before it begins'
       END AS reason
FROM academics_term old;

CREATE FUNCTION mapping_programs() RETURNS void
    LANGUAGE sql
AS $$
    INSERT INTO academics_department (name, code, is_active, created_at)
    SELECT faculty, upper(replace(left(faculty, 20), ' ', '-')), true, min(created_at)
    FROM mapping_program_verdict
    WHERE reason IS NULL AND faculty <> ''
    GROUP BY faculty
    ORDER BY faculty
    ON CONFLICT (name) DO NOTHING;

    INSERT INTO academics_program (id, name, description, is_active, created_at, updated_at)
    SELECT id, btrim(title), code || ', ' || degree_level || ', ' || duration_terms || ' terms', is_active, created_at,
           updated_at
    FROM mapping_program_verdict
    WHERE reason IS NULL
    ORDER BY id
    ON CONFLICT (id) DO NOTHING;

    DELETE FROM mapping_reject USING mapping_program_verdict old
    WHERE mapping = 'program' AND legacy_id = old.id AND old.reason IS NULL;

    INSERT INTO mapping_reject (mapping, legacy_id, reason, source)
    SELECT 'program', id, reason, to_jsonb(old) - 'reason' FROM mapping_program_verdict old WHERE reason IS NOT NULL
    ON CONFLICT (mapping, legacy_id) DO UPDATE SET reason = excluded.reason, source = excluded.source
    WHERE (mapping_reject.reason, mapping_reject.source) IS DISTINCT FROM (excluded.reason, excluded.source);

    SELECT mapping_skip_ids('academics_program', max(id)) FROM legacy.academics_program;
    SELECT mapping_settle('program', (SELECT count(*) FROM legacy.academics_program),
        (SELECT count(*) FROM legacy.academics_program JOIN academics_program USING (id)));
$$;

CREATE FUNCTION mapping_periods() RETURNS void
    LANGUAGE sql
AS $$
    INSERT INTO academics_academicperiod (id, name, period_type, start_date, end_date, status)
    SELECT id, btrim(title), 'SEMESTER', starts_on, ends_on, CASE WHEN is_closed THEN 'CLOSED' ELSE 'OPEN' END
    FROM mapping_period_verdict
    WHERE reason IS NULL
    ORDER BY id
    ON CONFLICT (id) DO NOTHING;

    DELETE FROM mapping_reject USING mapping_period_verdict old
    WHERE mapping = 'period' AND legacy_id = old.id AND old.reason IS NULL;

    INSERT INTO mapping_reject (mapping, legacy_id, reason, source)
    SELECT 'period', id, reason, to_jsonb(old) - 'reason' FROM mapping_period_verdict old WHERE reason IS NOT NULL
    ON CONFLICT (mapping, legacy_id) DO UPDATE SET reason = excluded.reason, source = excluded.source
    WHERE (mapping_reject.reason, mapping_reject.source) IS DISTINCT FROM (excluded.reason, excluded.source);

    SELECT mapping_skip_ids('academics_academicperiod', max(id)) FROM academics_term;
    SELECT mapping_settle('period', (SELECT count(*) FROM academics_term),
        (SELECT count(*) FROM academics_term JOIN academics_academicperiod USING (id)));
$$;

SELECT mapping_programs();
SELECT mapping_periods();
