-- Triggers of foreign keys are not here; that one of them is disabled (DISABLE TRIGGER ALL) pg_dump does not carry.
SELECT 'trigger' AS type, format('%s.%I', t.tgrelid::regclass, t.tgname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'definition', pg_get_triggerdef(t.oid),
        'enabled', CASE t.tgenabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica'
                                    WHEN 'A' THEN 'always' END,
        'comment', d.description)) AS definition
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE NOT t.tgisinternal
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.deptype = 'e'
                    AND (m.classid = 'pg_class'::regclass AND m.objid = c.oid
                      OR m.classid = 'pg_trigger'::regclass AND m.objid = t.oid))
UNION ALL
SELECT 'rule', format('%s.%I', r.ev_class::regclass, r.rulename),
    jsonb_strip_nulls(jsonb_build_object(
        'definition', pg_get_ruledef(r.oid),
        'enabled', CASE r.ev_enabled WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica'
                                     WHEN 'A' THEN 'always' END,
        'comment', d.description))
FROM pg_rewrite r
JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_rewrite'::regclass AND d.objoid = r.oid AND d.objsubid = 0
WHERE r.rulename <> '_RETURN'
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
UNION ALL
SELECT 'policy', format('%s.%I', p.polrelid::regclass, p.polname),
    jsonb_strip_nulls(jsonb_build_object(
        'permissive', p.polpermissive,
        'command', p.polcmd,
        'roles', (SELECT jsonb_agg(x ORDER BY x COLLATE "C")
                  FROM (SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END AS x
                        FROM unnest(p.polroles) r) named),
        'using', pg_get_expr(p.polqual, p.polrelid),
        'with check', pg_get_expr(p.polwithcheck, p.polrelid),
        'comment', d.description))
FROM pg_policy p
LEFT JOIN pg_description d ON d.classoid = 'pg_policy'::regclass AND d.objoid = p.oid AND d.objsubid = 0
