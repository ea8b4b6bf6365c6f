-- Functions that PostgreSQL knows to depend on the table (a SQL body, its row type), that run as its triggers, or that
-- have its name as a word in their body: PostgreSQL does not know what a body in quotes reads.
SELECT p.oid::regprocedure::text AS name, l.lanname AS language,
    CASE WHEN used.by_catalog THEN 'DEPENDS' WHEN used.by_trigger THEN 'TRIGGER' ELSE 'NAMES_IT' END AS use
FROM (SELECT oid, relname, reltype FROM pg_class WHERE oid = ?::bigint::oid) t
JOIN pg_proc p ON true
JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
JOIN pg_language l ON l.oid = p.prolang
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM pg_depend d
                   WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                     AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
                       OR d.refclassid = 'pg_type'::regclass
                          AND d.refobjid IN (t.reltype, (SELECT typarray FROM pg_type WHERE oid = t.reltype)))),
        EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgfoid = p.oid AND NOT g.tgisinternal)
) used(by_catalog, by_trigger)
WHERE NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype = 'e')
  AND (used.by_catalog OR used.by_trigger
       OR l.lanname NOT IN ('c', 'internal')
          AND p.prosrc ~* ('(^|[^[:alnum:]_$])' || regexp_replace(t.relname, '([^[:alnum:]_ ])', '\\\1', 'g') || '($|[^[:alnum:]_$])'))
ORDER BY 1
