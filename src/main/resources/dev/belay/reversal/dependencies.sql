-- Who uses whom. What PostgreSQL keeps behind an object (a view's rule, a column's default, a table's row type, a key's
-- index) counts as that object.
WITH behind(class, oid, as_class, as_oid, as_sub) AS (
    SELECT 'pg_rewrite'::regclass::oid, oid, 'pg_class'::regclass::oid, ev_class, 0 FROM pg_rewrite WHERE rulename = '_RETURN'
    UNION ALL
    SELECT 'pg_attrdef'::regclass, oid, 'pg_class'::regclass, adrelid, adnum::int FROM pg_attrdef
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 'pg_class'::regclass, t.typrelid, 0
    FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid WHERE c.relkind <> 'c'
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, 'pg_type'::regclass, c.reltype, 0 FROM pg_class c WHERE c.relkind = 'c'
    UNION ALL
    SELECT 'pg_type'::regclass, t.typarray, 'pg_type'::regclass, t.oid, 0 FROM pg_type t
    LEFT JOIN pg_class c ON c.oid = t.typrelid WHERE t.typarray <> 0 AND (c.oid IS NULL OR c.relkind = 'c')
    UNION ALL
    SELECT 'pg_type'::regclass, t.typarray, 'pg_class'::regclass, t.typrelid, 0
    FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid WHERE t.typarray <> 0 AND c.relkind <> 'c'
    UNION ALL
    SELECT 'pg_class'::regclass, k.conindid, 'pg_constraint'::regclass, k.oid, 0
    FROM pg_constraint k WHERE k.contype IN ('p', 'u', 'x')
), found AS (
    SELECT coalesce(l.as_class, d.classid) AS class, coalesce(l.as_oid, d.objid) AS oid,
        CASE WHEN l.oid IS NULL OR d.objsubid > 0 THEN d.objsubid ELSE l.as_sub END AS sub,
        coalesce(r.as_class, d.refclassid) AS used_class, coalesce(r.as_oid, d.refobjid) AS used_oid,
        CASE WHEN r.oid IS NULL OR d.refobjsubid > 0 THEN d.refobjsubid ELSE r.as_sub END AS used_sub
    FROM pg_depend d
    LEFT JOIN behind l ON l.class = d.classid AND l.oid = d.objid
    LEFT JOIN behind r ON r.class = d.refclassid AND r.oid = d.refobjid
    WHERE d.deptype IN ('n', 'a', 'i', 'P', 'S') AND d.objid >= 16384
)
SELECT DISTINCT class::regclass::text, oid::bigint, sub, used_class::regclass::text, used_oid::bigint, used_sub
FROM found
WHERE used_oid >= 2200 AND (class, oid, sub) IS DISTINCT FROM (used_class, used_oid, used_sub)
