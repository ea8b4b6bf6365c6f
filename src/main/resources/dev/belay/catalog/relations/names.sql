-- What is told by its name alone: owned sequences, parents, partitions or children, publications.
SELECT 'SEQUENCE' AS kind, d.objid::regclass::text AS name
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.refobjsubid > 0
    AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
UNION ALL
SELECT 'PARENT', i.inhparent::regclass::text
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_inherits i ON i.inhrelid = t.oid
UNION ALL
SELECT CASE WHEN c.relispartition THEN 'PARTITION' ELSE 'CHILD' END, i.inhrelid::regclass::text
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_inherits i ON i.inhparent = t.oid
JOIN pg_class c ON c.oid = i.inhrelid
UNION ALL
SELECT 'PUBLICATION', quote_ident(p.pubname)
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_class c ON c.oid = t.oid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_publication_tables p ON p.schemaname = n.nspname AND p.tablename = c.relname
ORDER BY 1, 2
