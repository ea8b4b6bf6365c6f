-- Parameters only; the values move without regard to transactions and are compared on their own.
SELECT 'sequence' AS type, c.oid::regclass::text AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(c.relowner),
        'persistence', CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
        'type', format_type(s.seqtypid, NULL),
        'start', s.seqstart, 'increment', s.seqincrement, 'minimum', s.seqmin, 'maximum', s.seqmax,
        'cache', s.seqcache, 'cycle', s.seqcycle,
        'owned by', CASE WHEN a.attname IS NOT NULL THEN format('%s.%I', o.refobjid::regclass, a.attname) END,
        'identity', CASE WHEN o.deptype = 'i' THEN true END,
        'comment', d.description)) AS definition
FROM pg_class c
JOIN pg_sequence s ON s.seqrelid = c.oid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0
    AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
LEFT JOIN pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
