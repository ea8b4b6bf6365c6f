-- Views and materialised views that read the table, or read a view that does; how many steps away.
WITH RECURSIVE dependent(oid, steps) AS (
    SELECT ?::bigint::oid, 0
    UNION
    SELECT r.ev_class, d.steps + 1
    FROM dependent d
    JOIN pg_depend p ON p.refclassid = 'pg_class'::regclass AND p.refobjid = d.oid AND p.classid = 'pg_rewrite'::regclass
    JOIN pg_rewrite r ON r.oid = p.objid AND r.ev_class <> d.oid
    WHERE d.steps < 100
)
SELECT c.oid::regclass::text AS name, c.relkind = 'm' AS materialized, min(d.steps) AS steps
FROM dependent d
JOIN pg_class c ON c.oid = d.oid AND c.relkind IN ('v', 'm')
WHERE d.steps > 0
GROUP BY c.oid, c.relkind
ORDER BY 3, 1
