-- Schemas, tables, views, sequences. parents: OIDs, so that a renamed parent is the same parent.
SELECT 'pg_namespace' AS catalog, n.oid::bigint AS oid, 0 AS sub, 'SCHEMA' AS kind, 0::bigint AS schema_oid,
    NULL AS schema, quote_ident(n.nspname) AS name, NULL AS parent_catalog, 0::bigint AS parent_oid,
    jsonb_strip_nulls(jsonb_build_object('owner', quote_ident(pg_get_userbyid(n.nspowner)),
        'acl', pg_temp.belay_acl(coalesce(n.nspacl, acldefault('n', n.nspowner))),
        'comment', obj_description(n.oid, 'pg_namespace'))) AS traits
FROM pg_namespace n
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'pg_class', c.oid::bigint, 0,
    CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED_VIEW' WHEN 'S' THEN 'SEQUENCE'
        WHEN 'f' THEN 'FOREIGN_TABLE' ELSE 'TABLE' END,
    n.oid::bigint, quote_ident(n.nspname), quote_ident(c.relname), NULL, 0,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', quote_ident(pg_get_userbyid(c.relowner)),
        'acl', pg_temp.belay_acl(coalesce(c.relacl,
            acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner))),
        'comment', obj_description(c.oid, 'pg_class'),
        'persistence', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED' ELSE 'LOGGED' END,
        'partition key', CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END,
        'partition of', CASE WHEN c.relispartition THEN i.parents END,
        'bound', pg_get_expr(c.relpartbound, c.oid),
        'inherits', CASE WHEN NOT c.relispartition THEN i.parents END,
        'of type', CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END,
        'access method', CASE WHEN c.relkind IN ('r', 'm') THEN am.amname END,
        'options', (SELECT string_agg(x, E'\n' ORDER BY x) FROM
            (SELECT unnest(c.reloptions) x UNION ALL SELECT 'toast.' || unnest(toast.reloptions)) o),
        'row security', CASE WHEN c.relkind IN ('r', 'p') THEN c.relrowsecurity::text END,
        'forced row security', CASE WHEN c.relkind IN ('r', 'p') THEN c.relforcerowsecurity::text END,
        'replica identity', CASE WHEN c.relkind IN ('r', 'p') THEN
            CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' WHEN 'i' THEN
                'USING INDEX ' || (SELECT quote_ident(x.relname) FROM pg_index k JOIN pg_class x ON x.oid = k.indexrelid
                                   WHERE k.indrelid = c.oid AND k.indisreplident)
                ELSE 'DEFAULT' END END,
        'def', CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid)
                    WHEN c.relkind = 'f' THEN (SELECT s.srvname || coalesce(f.ftoptions::text, '')
                        FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver
                        WHERE f.ftrelid = c.oid) END,
        'populated', CASE WHEN c.relkind = 'm' THEN c.relispopulated::text END,
        'internal', CASE WHEN own.deptype = 'i' THEN 'true' END,
        'owned by', CASE WHEN own.deptype = 'a' THEN own.refobjid::regclass::text || '.' || quote_ident(a.attname) END,
        'of', own.refobjid::regclass::text || '.' || quote_ident(a.attname),
        'parameters', CASE WHEN s.seqrelid IS NOT NULL THEN format(
            'AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s %s', s.seqtypid::regtype, s.seqincrement,
            s.seqmin, s.seqmax, s.seqstart, s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END) END))
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid
LEFT JOIN pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN pg_depend own ON c.relkind = 'S' AND own.classid = 'pg_class'::regclass AND own.objid = c.oid
    AND own.refclassid = 'pg_class'::regclass AND own.refobjsubid > 0 AND own.deptype IN ('a', 'i')
LEFT JOIN pg_attribute a ON a.attrelid = own.refobjid AND a.attnum = own.refobjsubid
LEFT JOIN (SELECT inhrelid, string_agg(inhparent::bigint::text, ',' ORDER BY inhseqno) AS parents
           FROM pg_inherits GROUP BY inhrelid) i ON i.inhrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
