-- Full text search: configurations with their mappings, dictionaries, parsers, templates.
SELECT 'text search configuration' AS type, format('%I.%I', n.nspname, c.cfgname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(c.cfgowner),
        'parser', format('%I.%I', pn.nspname, p.prsname),
        'mappings', (SELECT jsonb_object_agg(mapped.alias, mapped.dictionaries)
                     FROM (SELECT tt.alias, jsonb_agg(m.mapdict::regdictionary::text ORDER BY m.mapseqno) AS dictionaries
                           FROM pg_ts_config_map m
                           JOIN ts_token_type(c.cfgparser) tt ON tt.tokid = m.maptokentype
                           WHERE m.mapcfg = c.oid
                           GROUP BY tt.alias) mapped),
        'comment', d.description)) AS definition
FROM pg_ts_config c
JOIN pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_namespace pn ON pn.oid = p.prsnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_ts_config'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_ts_config'::regclass AND m.objid = c.oid AND m.deptype = 'e')
UNION ALL
SELECT 'text search dictionary', format('%I.%I', n.nspname, t.dictname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(t.dictowner),
        'template', (SELECT format('%s.%I', x.tmplnamespace::regnamespace, x.tmplname)
                     FROM pg_ts_template x WHERE x.oid = t.dicttemplate),
        'options', t.dictinitoption,
        'comment', d.description))
FROM pg_ts_dict t
JOIN pg_namespace n ON n.oid = t.dictnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_ts_dict'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_ts_dict'::regclass AND m.objid = t.oid AND m.deptype = 'e')
UNION ALL
SELECT 'text search parser', format('%I.%I', n.nspname, p.prsname),
    to_jsonb(p) - '{oid,prsname,prsnamespace}'::text[]
FROM pg_ts_parser p
JOIN pg_namespace n ON n.oid = p.prsnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_ts_parser'::regclass AND m.objid = p.oid AND m.deptype = 'e')
UNION ALL
SELECT 'text search template', format('%I.%I', n.nspname, t.tmplname),
    to_jsonb(t) - '{oid,tmplname,tmplnamespace}'::text[]
FROM pg_ts_template t
JOIN pg_namespace n ON n.oid = t.tmplnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_ts_template'::regclass AND m.objid = t.oid AND m.deptype = 'e')
