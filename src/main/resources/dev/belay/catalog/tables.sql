-- Everything with rows or columns: tables, partitioned and foreign tables, views, materialised views.
-- The order of columns is a property of the table. Columns that an inheritance child has from its parents are not in
-- it: pg_restore puts them first, whatever their order was.
WITH ordered AS (
    SELECT a.attrelid, jsonb_agg(a.attname ORDER BY a.attnum) AS columns
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
    WHERE a.attnum > 0 AND NOT a.attisdropped AND (a.attinhcount = 0 OR c.relispartition)
    GROUP BY a.attrelid
), parents AS (
    SELECT i.inhrelid, jsonb_agg(i.inhparent::regclass::text ORDER BY i.inhseqno) AS parents
    FROM pg_inherits i
    GROUP BY i.inhrelid
)
SELECT CASE c.relkind WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
            ELSE 'table' END AS type,
    c.oid::regclass::text AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(c.relowner),
        'persistence', CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
        'columns', o.columns,
        'partition by', CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END,
        'partition of', CASE WHEN c.relispartition THEN p.parents END,
        'bound', pg_get_expr(c.relpartbound, c.oid),
        'inherits', CASE WHEN NOT c.relispartition THEN p.parents END,
        'of type', CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END,
        'access method', am.amname,
        'options', (SELECT jsonb_agg(x ORDER BY x COLLATE "C") FROM unnest(c.reloptions) x),
        'toast options', (SELECT jsonb_agg(x ORDER BY x COLLATE "C") FROM unnest(toast.reloptions) x),
        'row security', CASE WHEN c.relrowsecurity THEN 'enabled' END,
        'row security forced', CASE WHEN c.relforcerowsecurity THEN true END,
        'replica identity', CASE WHEN c.relkind IN ('r', 'p', 'm') THEN
            CASE c.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing' WHEN 'i' THEN 'index' END END,
        'query', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
        'populated', CASE WHEN c.relkind = 'm' THEN c.relispopulated END,
        'server', s.srvname,
        'foreign options', (SELECT jsonb_object_agg(f.option_name,
                                CASE WHEN f.option_name ~* 'pass|secret|key|token|cred' THEN '(set)'
                                     ELSE f.option_value END)
                            FROM pg_options_to_table(ft.ftoptions) f),
        'comment', d.description)) AS definition
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
LEFT JOIN ordered o ON o.attrelid = c.oid
LEFT JOIN parents p ON p.inhrelid = c.oid
LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid
LEFT JOIN pg_foreign_server s ON s.oid = ft.ftserver
LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
