-- Tables, views, sequences on their own, functions and types: what a script can make and another can use.
WITH extension_member(classid, objid) AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), thing(classid, objid) AS (
    SELECT 'pg_class'::regclass::oid, c.oid
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't' AND c.oid >= 16384
    UNION ALL
    SELECT 'pg_proc'::regclass::oid, p.oid FROM pg_proc p WHERE p.oid >= 16384
    UNION ALL
    SELECT 'pg_type'::regclass::oid, t.oid
    FROM pg_type t
    LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.oid >= 16384 AND t.typelem = 0 AND (t.typrelid = 0 OR c.relkind = 'c')
)
SELECT t.classid::bigint, t.objid::bigint, o.type, o.identity
FROM thing t
CROSS JOIN LATERAL pg_identify_object(t.classid, t.objid, 0) o
WHERE (t.classid, t.objid) NOT IN (SELECT classid, objid FROM extension_member)
