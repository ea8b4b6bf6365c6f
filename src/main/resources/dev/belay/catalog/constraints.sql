-- Foreign keys that a partition has from its parent are left out: their names are made up anew when it is attached.
-- Constraint triggers are among the triggers, NOT NULL is among the columns.
SELECT CASE WHEN k.contypid <> 0 THEN 'domain constraint' ELSE 'constraint' END AS type,
    format('%s.%I', CASE WHEN k.contypid <> 0 THEN format_type(k.contypid, NULL)
                         ELSE k.conrelid::regclass::text END, k.conname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'definition', pg_get_constraintdef(k.oid),
        'validated', CASE WHEN NOT k.convalidated THEN false END,
        'deferrable', CASE WHEN k.condeferrable THEN true END,
        'deferred', CASE WHEN k.condeferred THEN true END,
        'no inherit', CASE WHEN k.connoinherit AND k.contype = 'c' THEN true END,
        'inherited', CASE WHEN k.coninhcount > 0 AND k.contype = 'c' THEN true END,
        'comment', d.description)) AS definition
FROM pg_constraint k
JOIN pg_namespace n ON n.oid = k.connamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = k.oid AND d.objsubid = 0
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x')
  AND NOT (k.contype = 'f' AND k.conparentid <> 0)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.deptype = 'e'
                    AND (m.classid = 'pg_class'::regclass AND m.objid = k.conrelid
                      OR m.classid = 'pg_type'::regclass AND m.objid = k.contypid))
