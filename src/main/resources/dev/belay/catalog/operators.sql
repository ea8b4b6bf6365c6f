SELECT 'operator' AS type, o.oid::regoperator::text AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(o.oprowner),
        'function', o.oprcode::oid::regprocedure::text,
        'result', format_type(o.oprresult, NULL),
        'commutator', CASE WHEN o.oprcom <> 0 THEN o.oprcom::regoperator::text END,
        'negator', CASE WHEN o.oprnegate <> 0 THEN o.oprnegate::regoperator::text END,
        'restrict', nullif(o.oprrest::oid, 0)::regproc::text,
        'join', nullif(o.oprjoin::oid, 0)::regproc::text,
        'merges', o.oprcanmerge,
        'hashes', o.oprcanhash,
        'comment', d.description)) AS definition
FROM pg_operator o
JOIN pg_namespace n ON n.oid = o.oprnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_operator'::regclass AND d.objoid = o.oid AND d.objsubid = 0
WHERE o.oprcode <> 0
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_operator'::regclass AND m.objid = o.oid AND m.deptype = 'e')
UNION ALL
SELECT 'operator family', format('%I.%I using %I', n.nspname, f.opfname, am.amname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(f.opfowner),
        'operators', (SELECT jsonb_agg(x ORDER BY x COLLATE "C")
                      FROM (SELECT format('%s %s for %s', a.amopstrategy, a.amopopr::regoperator, a.amoppurpose)
                            FROM pg_amop a WHERE a.amopfamily = f.oid) members(x)),
        'functions', (SELECT jsonb_agg(x ORDER BY x COLLATE "C")
                      FROM (SELECT format('%s (%s, %s) %s', a.amprocnum, format_type(a.amproclefttype, NULL),
                                       format_type(a.amprocrighttype, NULL), a.amproc::oid::regprocedure)
                            FROM pg_amproc a WHERE a.amprocfamily = f.oid) members(x)),
        'comment', d.description))
FROM pg_opfamily f
JOIN pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_am am ON am.oid = f.opfmethod
LEFT JOIN pg_description d ON d.classoid = 'pg_opfamily'::regclass AND d.objoid = f.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_opfamily'::regclass AND m.objid = f.oid AND m.deptype = 'e')
UNION ALL
SELECT 'operator class', format('%I.%I using %I', n.nspname, c.opcname, am.amname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(c.opcowner),
        'family', format('%I.%I', fn.nspname, f.opfname),
        'type', format_type(c.opcintype, NULL),
        'default', c.opcdefault,
        'stored as', CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) END,
        'comment', d.description))
FROM pg_opclass c
JOIN pg_namespace n ON n.oid = c.opcnamespace
JOIN pg_am am ON am.oid = c.opcmethod
JOIN pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
LEFT JOIN pg_description d ON d.classoid = 'pg_opclass'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_opclass'::regclass AND m.objid = c.oid AND m.deptype = 'e')
UNION ALL
SELECT 'cast', format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)),
    jsonb_strip_nulls(jsonb_build_object(
        'function', nullif(c.castfunc, 0)::regprocedure::text,
        'context', c.castcontext,
        'method', c.castmethod,
        'comment', d.description))
FROM pg_cast c
LEFT JOIN pg_description d ON d.classoid = 'pg_cast'::regclass AND d.objoid = c.oid AND d.objsubid = 0
WHERE c.oid >= 16384
  -- the cast from a range to its multirange comes with the range
  AND NOT EXISTS (SELECT FROM pg_range r WHERE r.rngtypid = c.castsource AND r.rngmultitypid = c.casttarget)
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_cast'::regclass AND m.objid = c.oid AND m.deptype = 'e')
UNION ALL
SELECT 'transform', format('for %s language %I', format_type(t.trftype, NULL), l.lanname),
    jsonb_strip_nulls(jsonb_build_object(
        'from', nullif(t.trffromsql::oid, 0)::regprocedure::text,
        'to', nullif(t.trftosql::oid, 0)::regprocedure::text))
FROM pg_transform t
JOIN pg_language l ON l.oid = t.trflang
WHERE NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_transform'::regclass AND m.objid = t.oid AND m.deptype = 'e')
