-- Enums, domains, composites, ranges and base types; the row types of tables and array types follow from others.
SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite type'
                      WHEN 'r' THEN 'range type' ELSE 'base type' END AS type,
    format_type(t.oid, NULL) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(t.typowner),
        'labels', (SELECT jsonb_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
        'base', CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
        'not null', CASE WHEN t.typnotnull THEN true END,
        'default', CASE WHEN t.typtype = 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) END,
        'collation', CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation
                          THEN t.typcollation::regcollation::text END,
        'attributes', (SELECT jsonb_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
                       WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
        'subtype', format_type(r.rngsubtype, NULL),
        'subtype collation', CASE WHEN r.rngcollation <> 0 THEN r.rngcollation::regcollation::text END,
        'subtype operator class', (SELECT oc.opcname FROM pg_opclass oc WHERE oc.oid = r.rngsubopc),
        'canonical', nullif(r.rngcanonical::oid, 0)::regprocedure::text,
        'difference', nullif(r.rngsubdiff::oid, 0)::regprocedure::text,
        'multirange', format_type(r.rngmultitypid, NULL),
        'base type', CASE WHEN t.typtype = 'b' THEN to_jsonb(t) - '{oid,typname,typnamespace,typowner,typacl,typarray,
            typrelid,typelem,typcollation,typbasetype,typsubscript}'::text[] END,
        'comment', d.description)) AS definition
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
LEFT JOIN pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_range r ON r.rngtypid = t.oid
LEFT JOIN pg_description d ON d.classoid = 'pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
WHERE t.typtype IN ('e', 'd', 'r', 'b', 'c')
  AND (t.typtype <> 'c' OR c.relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid AND m.deptype = 'e')
