-- Columns of tables and views, attributes of composite types, and columns of indexes that carry a statistics target.
-- A default of NULL is none (but for a domain, whose own default it overrides): pg_dump writes it for a partition that
-- lacks its parent's default.
SELECT 'column' AS type, format('%s.%I', c.oid::regclass, a.attname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'type', format_type(a.atttypid, a.atttypmod),
        'not null', CASE WHEN a.attnotnull THEN true END,
        'default', CASE WHEN a.attgenerated = '' AND (t.typtype = 'd' OR written."default" !~ '^NULL::')
                        THEN written."default" END,
        'generated', CASE WHEN a.attgenerated <> '' THEN written."default" END,
        'generated kind', nullif(a.attgenerated, ''),
        'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
        'collation', CASE WHEN a.attcollation <> t.typcollation
                          THEN format('%I.%I', cn.nspname, co.collname) END,
        'storage', CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
        'compression', nullif(a.attcompression, ''),
        'statistics', nullif(to_jsonb(a) ->> 'attstattarget', '-1'),
        'options', (SELECT jsonb_agg(x ORDER BY x COLLATE "C") FROM unnest(a.attoptions) x),
        'foreign options', (SELECT jsonb_object_agg(f.option_name,
                                CASE WHEN f.option_name ~* 'pass|secret|key|token|cred' THEN '(set)'
                                     ELSE f.option_value END)
                            FROM pg_options_to_table(a.attfdwoptions) f),
        'inherited', CASE WHEN a.attinhcount > 0 THEN CASE WHEN a.attislocal AND NOT c.relispartition
                                                           THEN 'and local' ELSE 'only' END END,
        'comment', d.description)) AS definition
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef def ON def.adrelid = c.oid AND def.adnum = a.attnum
LEFT JOIN LATERAL (SELECT pg_get_expr(def.adbin, def.adrelid)) written("default") ON true
LEFT JOIN pg_collation co ON co.oid = a.attcollation
LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum
WHERE (c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
       OR c.relkind IN ('i', 'I') AND (to_jsonb(a) ->> 'attstattarget') <> '-1')
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
