-- Columns of tables and views, attributes of composite types.
SELECT 'pg_class' AS catalog, c.oid::bigint AS oid, a.attnum::int AS sub, 'COLUMN' AS kind, 0::bigint AS schema_oid,
    NULL AS schema, quote_ident(a.attname) AS name,
    CASE c.relkind WHEN 'c' THEN 'pg_type' ELSE 'pg_class' END AS parent_catalog,
    CASE c.relkind WHEN 'c' THEN c.reltype ELSE c.oid END::bigint AS parent_oid,
    jsonb_strip_nulls(jsonb_build_object(
        'type', format_type(a.atttypid, a.atttypmod),
        'collation', CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
        'not null', a.attnotnull::text,
        'default', CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
        'generated', CASE WHEN a.attgenerated <> '' THEN pg_get_expr(d.adbin, d.adrelid) END,
        'identity', CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END,
        'storage', CASE WHEN c.relkind IN ('r', 'p', 'f', 'm') THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN'
            WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END,
        'compression', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
        'statistics', coalesce(to_jsonb(a) ->> 'attstattarget', '-1'),
        'options', (SELECT string_agg(x, E'\n' ORDER BY x) FROM unnest(a.attoptions) x),
        'inherited', CASE WHEN a.attinhcount > 0 AND NOT a.attislocal THEN 'true' END,
        'acl', CASE WHEN a.attacl IS NOT NULL THEN pg_temp.belay_acl(a.attacl) END,
        'comment', col_description(c.oid, a.attnum))) AS traits
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY oid, sub
