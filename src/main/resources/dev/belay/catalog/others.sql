-- What has no file of its own: extensions, languages, collations, conversions, access methods, event triggers,
-- extended statistics, security labels.
-- Who owns an extension is left out: pg_dump does not carry it.
SELECT 'extension' AS type, format('%I', e.extname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'version', e.extversion,
        'schema', n.nspname,
        'comment', d.description)) AS definition
FROM pg_extension e
JOIN pg_namespace n ON n.oid = e.extnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_extension'::regclass AND d.objoid = e.oid AND d.objsubid = 0
UNION ALL
SELECT 'language', format('%I', l.lanname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(l.lanowner),
        'trusted', l.lanpltrusted,
        'handler', nullif(l.lanplcallfoid, 0)::regprocedure::text,
        'inline', nullif(l.laninline, 0)::regprocedure::text,
        'validator', nullif(l.lanvalidator, 0)::regprocedure::text,
        'comment', d.description))
FROM pg_language l
LEFT JOIN pg_description d ON d.classoid = 'pg_language'::regclass AND d.objoid = l.oid AND d.objsubid = 0
WHERE l.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_language'::regclass AND m.objid = l.oid AND m.deptype = 'e')
UNION ALL
-- without the version of the library that sorts: it is the server's, not the database's
SELECT 'collation', c.oid::regcollation::text,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(c.collowner),
        'parameters', to_jsonb(c) - '{oid,collname,collnamespace,collowner,collversion}'::text[],
        'comment', d.description))
FROM pg_collation c
JOIN pg_namespace n ON n.oid = c.collnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_collation'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_collation'::regclass AND m.objid = c.oid AND m.deptype = 'e')
UNION ALL
SELECT 'conversion', format('%I.%I', n.nspname, c.conname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(c.conowner),
        'from', pg_encoding_to_char(c.conforencoding),
        'to', pg_encoding_to_char(c.contoencoding),
        'function', c.conproc::oid::regprocedure::text,
        'default', c.condefault,
        'comment', d.description))
FROM pg_conversion c
JOIN pg_namespace n ON n.oid = c.connamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_conversion'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_conversion'::regclass AND m.objid = c.oid AND m.deptype = 'e')
UNION ALL
SELECT 'access method', format('%I', a.amname),
    jsonb_strip_nulls(jsonb_build_object(
        'type', a.amtype,
        'handler', a.amhandler::oid::regprocedure::text,
        'comment', d.description))
FROM pg_am a
LEFT JOIN pg_description d ON d.classoid = 'pg_am'::regclass AND d.objoid = a.oid AND d.objsubid = 0
WHERE a.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_am'::regclass AND m.objid = a.oid AND m.deptype = 'e')
UNION ALL
SELECT 'event trigger', format('%I', t.evtname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(t.evtowner),
        'event', t.evtevent,
        'function', t.evtfoid::regprocedure::text,
        'enabled', t.evtenabled,
        'tags', (SELECT jsonb_agg(x ORDER BY x COLLATE "C") FROM unnest(t.evttags) x),
        'comment', d.description))
FROM pg_event_trigger t
LEFT JOIN pg_description d ON d.classoid = 'pg_event_trigger'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = t.oid AND m.deptype = 'e')
UNION ALL
SELECT 'statistics', format('%I.%I', n.nspname, s.stxname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(s.stxowner),
        'definition', pg_get_statisticsobjdef(s.oid),
        'target', nullif(to_jsonb(s) ->> 'stxstattarget', '-1'),
        'comment', d.description))
FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = s.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'security label', format('%s %s', i.type, i.identity), jsonb_object_agg(l.provider, l.label)
FROM pg_seclabel l, pg_identify_object(l.classoid, l.objoid, l.objsubid) i
GROUP BY i.type, i.identity
