SELECT CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END AS type,
    p.oid::regprocedure::text AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(p.proowner),
        'definition', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
        'arguments', CASE WHEN p.prokind = 'a' THEN pg_get_function_arguments(p.oid) END,
        'parallel', CASE WHEN p.prokind = 'a' THEN p.proparallel END,
        'returns', CASE WHEN p.prokind = 'a' THEN format_type(p.prorettype, NULL) END,
        'aggregate', to_jsonb(g) - '{aggfnoid,aggsortop,aggtranstype,aggmtranstype}'::text[],
        'sort operator', CASE WHEN g.aggsortop <> 0 THEN g.aggsortop::regoperator::text END,
        'state type', format_type(g.aggtranstype, NULL),
        'moving state type', CASE WHEN g.aggmtranstype <> 0 THEN format_type(g.aggmtranstype, NULL) END,
        'comment', d.description)) AS definition
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
LEFT JOIN pg_description d ON d.classoid = 'pg_proc'::regclass AND d.objoid = p.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  -- the constructors of a range type come and go with it
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype IN ('e', 'i')
                    AND m.refclassid IN ('pg_extension'::regclass, 'pg_type'::regclass))
