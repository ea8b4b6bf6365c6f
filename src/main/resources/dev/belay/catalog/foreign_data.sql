-- Options whose names sound like a secret are known by their names only; of user mappings all are.
SELECT 'foreign data wrapper' AS type, format('%I', w.fdwname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(w.fdwowner),
        'handler', nullif(w.fdwhandler, 0)::regprocedure::text,
        'validator', nullif(w.fdwvalidator, 0)::regprocedure::text,
        'options', (SELECT jsonb_object_agg(f.option_name,
                        CASE WHEN f.option_name ~* 'pass|secret|key|token|cred' THEN '(set)' ELSE f.option_value END)
                    FROM pg_options_to_table(w.fdwoptions) f),
        'comment', d.description)) AS definition
FROM pg_foreign_data_wrapper w
LEFT JOIN pg_description d
    ON d.classoid = 'pg_foreign_data_wrapper'::regclass AND d.objoid = w.oid AND d.objsubid = 0
WHERE NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid AND m.deptype = 'e')
UNION ALL
SELECT 'server', format('%I', s.srvname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(s.srvowner),
        'wrapper', w.fdwname,
        'type', s.srvtype,
        'version', s.srvversion,
        'options', (SELECT jsonb_object_agg(f.option_name,
                        CASE WHEN f.option_name ~* 'pass|secret|key|token|cred' THEN '(set)' ELSE f.option_value END)
                    FROM pg_options_to_table(s.srvoptions) f),
        'comment', d.description))
FROM pg_foreign_server s
JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
LEFT JOIN pg_description d ON d.classoid = 'pg_foreign_server'::regclass AND d.objoid = s.oid AND d.objsubid = 0
WHERE NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_foreign_server'::regclass AND m.objid = s.oid AND m.deptype = 'e')
UNION ALL
SELECT 'user mapping', format('%I for %I', u.srvname, u.usename),
    jsonb_strip_nulls(jsonb_build_object(
        'options', (SELECT jsonb_agg(f.option_name ORDER BY f.option_name COLLATE "C")
                    FROM pg_options_to_table(u.umoptions) f)))
FROM pg_user_mappings u
