SELECT 'TRIGGER' AS kind, g.tgname AS name, pg_get_triggerdef(g.oid) AS definition, g.tgenabled <> 'D' AS enabled
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
UNION ALL
SELECT 'RULE', r.rulename, pg_get_ruledef(r.oid), r.ev_enabled <> 'D'
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_rewrite r ON r.ev_class = t.oid AND r.rulename <> '_RETURN'
UNION ALL
SELECT 'POLICY', p.polname, concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
        'using', pg_get_expr(p.polqual, p.polrelid), 'with check', pg_get_expr(p.polwithcheck, p.polrelid)),
    c.relrowsecurity
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_class c ON c.oid = t.oid
JOIN pg_policy p ON p.polrelid = t.oid
ORDER BY 1, 2
