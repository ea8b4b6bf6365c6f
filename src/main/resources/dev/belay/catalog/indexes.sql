-- An invalid index (what a failed CREATE INDEX CONCURRENTLY leaves behind) is a kind of its own: pg_dump leaves it out.
-- Index names of partitions are carried by pg_dump, so they count like all others.
SELECT CASE WHEN c.relkind = 'i' AND NOT i.indisvalid THEN 'invalid index' ELSE 'index' END AS type,
    c.oid::regclass::text AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'definition', pg_get_indexdef(c.oid),
        'of', i.indrelid::regclass::text,
        'valid', CASE WHEN c.relkind = 'I' THEN i.indisvalid END,
        'clustered', CASE WHEN i.indisclustered THEN true END,
        'replica identity', CASE WHEN i.indisreplident THEN true END,
        'partition of', (SELECT inh.inhparent::regclass::text FROM pg_inherits inh WHERE inh.inhrelid = c.oid),
        'comment', d.description)) AS definition
FROM pg_class c
JOIN pg_index i ON i.indexrelid = c.oid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_class'::regclass AND m.objid = i.indrelid AND m.deptype = 'e')
