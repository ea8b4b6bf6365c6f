-- What belongs to a table and is made again without losing a row: constraints, indexes, triggers, rules, policies.
-- What a partition has from its parent comes and goes with that one's.
SELECT 'pg_constraint' AS catalog, k.oid::bigint AS oid, 0 AS sub,
    CASE WHEN k.contypid <> 0 THEN 'DOMAIN_CONSTRAINT' ELSE 'CONSTRAINT' END AS kind, 0::bigint AS schema_oid, NULL AS schema,
    quote_ident(k.conname) AS name, CASE WHEN k.contypid <> 0 THEN 'pg_type' ELSE 'pg_class' END AS parent_catalog,
    CASE WHEN k.contypid <> 0 THEN k.contypid ELSE k.conrelid END::bigint AS parent_oid,
    jsonb_strip_nulls(jsonb_build_object('def', pg_get_constraintdef(k.oid), 'type', k.contype,
        'clustered', CASE WHEN i.indisclustered THEN 'true' END,
        'comment', obj_description(k.oid, 'pg_constraint'))) AS traits
FROM pg_constraint k
JOIN pg_namespace n ON n.oid = k.connamespace
LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conparentid = 0 AND NOT (k.coninhcount > 0 AND NOT k.conislocal)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'pg_class', c.oid::bigint, 0, 'INDEX', n.oid::bigint, quote_ident(n.nspname), quote_ident(c.relname), 'pg_class',
    i.indrelid::bigint,
    jsonb_strip_nulls(jsonb_build_object('def', pg_get_indexdef(c.oid), 'valid', i.indisvalid::text,
        'attached', (SELECT inhparent::bigint::text FROM pg_inherits WHERE inhrelid = c.oid),
        'clustered', CASE WHEN i.indisclustered THEN 'true' END,
        'comment', obj_description(c.oid, 'pg_class')))
FROM pg_class c
JOIN pg_index i ON i.indexrelid = c.oid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x'))
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'pg_trigger', t.oid::bigint, 0, 'TRIGGER', 0, NULL, quote_ident(t.tgname), 'pg_class', t.tgrelid::bigint,
    jsonb_strip_nulls(jsonb_build_object('def', pg_get_triggerdef(t.oid), 'enabled', t.tgenabled,
        'comment', obj_description(t.oid, 'pg_trigger')))
FROM pg_trigger t
WHERE NOT t.tgisinternal AND t.tgparentid = 0
UNION ALL
SELECT 'pg_rewrite', r.oid::bigint, 0, 'RULE', 0, NULL, quote_ident(r.rulename), 'pg_class', r.ev_class::bigint,
    jsonb_strip_nulls(jsonb_build_object('def', pg_get_ruledef(r.oid), 'enabled', r.ev_enabled,
        'comment', obj_description(r.oid, 'pg_rewrite')))
FROM pg_rewrite r
WHERE r.rulename <> '_RETURN' AND r.oid >= 16384
UNION ALL
SELECT 'pg_policy', p.oid::bigint, 0, 'POLICY', 0, NULL, quote_ident(p.polname), 'pg_class', p.polrelid::bigint,
    jsonb_strip_nulls(jsonb_build_object('def', format(' AS %s FOR %s TO %s%s%s',
            CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
            CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                ELSE 'ALL' END,
            (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ' ORDER BY r)
             FROM unnest(p.polroles) r),
            ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
            ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
        'comment', obj_description(p.oid, 'pg_policy')))
FROM pg_policy p
