-- Which table is a partition of which, or inherits from it, directly or not.
WITH RECURSIVE up(child, parent) AS (
    SELECT inhrelid, inhparent FROM pg_catalog.pg_inherits
    UNION
    SELECT up.child, i.inhparent FROM up JOIN pg_catalog.pg_inherits i ON i.inhrelid = up.parent
)
SELECT cn.nspname, c.relname, pn.nspname, p.relname
FROM up
JOIN pg_catalog.pg_class c ON c.oid = up.child AND c.relkind IN ('r', 'p')
JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
JOIN pg_catalog.pg_class p ON p.oid = up.parent
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
ORDER BY 1, 2, 3, 4
