-- Every column of every table, with what its values may be: of a domain what its base type is.
SELECT n.nspname AS schema, c.relname AS table, c.oid::regclass::text AS identity, c.relkind = 'r' AS holds_rows, a.attname AS name,
    pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
    base.typname AS base, base.typcategory AS category, base.typmod AS modifier,
    a.attnotnull AS not_null, a.attgenerated <> '' AS computed, a.attidentity = 'a' AS always_identity,
    EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indnkeyatts = 1
                AND i.indkey[0] = a.attnum) AS is_unique,
    EXISTS (SELECT FROM pg_catalog.pg_partitioned_table p WHERE p.partrelid = c.oid
                AND a.attnum = ANY (p.partattrs::int2[])) AS partition_key
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
CROSS JOIN LATERAL (
    WITH RECURSIVE under(oid, typmod) AS (
        SELECT a.atttypid, a.atttypmod
        UNION ALL
        SELECT t.typbasetype, CASE WHEN t.typtypmod = -1 THEN under.typmod ELSE t.typtypmod END
        FROM under JOIN pg_catalog.pg_type t ON t.oid = under.oid WHERE t.typtype = 'd'
    )
    SELECT t.typname, t.typcategory, under.typmod
    FROM under JOIN pg_catalog.pg_type t ON t.oid = under.oid WHERE t.typtype <> 'd') base
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY n.nspname, c.relname, a.attnum
