-- Materialised views that are filled, each after those it reads from.
WITH RECURSIVE uses(view, relation) AS (
    SELECT DISTINCT r.ev_class, d.refobjid
    FROM pg_catalog.pg_rewrite r
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = r.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> r.ev_class
), deep(relation, depth) AS (
    SELECT oid, 0 FROM pg_catalog.pg_class WHERE relkind IN ('m', 'v')
    UNION
    SELECT uses.view, deep.depth + 1 FROM deep JOIN uses ON uses.relation = deep.relation
)
SELECT format('%I.%I', n.nspname, c.relname)
FROM deep
JOIN pg_catalog.pg_class c ON c.oid = deep.relation AND c.relkind = 'm' AND c.relispopulated
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'belay_salvage')
GROUP BY c.oid, n.nspname, c.relname
ORDER BY max(deep.depth), n.nspname, c.relname
