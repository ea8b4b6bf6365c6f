-- Functions, types of their own, labels of enums.
SELECT 'pg_proc' AS catalog, p.oid::bigint AS oid, 0 AS sub, 'ROUTINE' AS kind, n.oid::bigint AS schema_oid,
    quote_ident(n.nspname) AS schema, quote_ident(p.proname) AS name, NULL AS parent_catalog, 0::bigint AS parent_oid,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', quote_ident(pg_get_userbyid(p.proowner)),
        'acl', pg_temp.belay_acl(coalesce(p.proacl, acldefault('f', p.proowner))),
        'comment', obj_description(p.oid, 'pg_proc'),
        'def', CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid)
                    ELSE (to_jsonb(g) - 'aggfnoid')::text END,
        'aggregate', CASE WHEN p.prokind = 'a' THEN 'true' END,
        'arguments', pg_get_function_identity_arguments(p.oid),
        'shape', concat_ws(' ', p.prokind, p.prorettype::regtype, p.proretset, p.proargtypes::oid[]::regtype[]::text,
            p.proallargtypes::regtype[]::text,
            p.proargmodes::text, p.proargnames::text, p.pronargdefaults))) AS traits
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid
                  AND m.deptype = 'i' AND m.refclassid = 'pg_type'::regclass)
UNION ALL
SELECT 'pg_type', t.oid::bigint, 0, CASE t.typtype WHEN 'e' THEN 'ENUM' WHEN 'd' THEN 'DOMAIN' WHEN 'c' THEN 'COMPOSITE'
        WHEN 'r' THEN 'RANGE' ELSE 'OTHER' END,
    n.oid::bigint, quote_ident(n.nspname), quote_ident(t.typname), NULL, 0,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', quote_ident(pg_get_userbyid(t.typowner)),
        'acl', pg_temp.belay_acl(coalesce(t.typacl, acldefault('T', t.typowner))),
        'comment', obj_description(t.oid, 'pg_type'),
        'identity', CASE t.typtype WHEN 'b' THEN 'TYPE ' || format_type(t.oid, NULL) END,
        'base', CASE t.typtype WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
        'collation', CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation
                          THEN t.typcollation::regcollation::text END,
        'not null', CASE t.typtype WHEN 'd' THEN t.typnotnull::text END,
        'default', CASE t.typtype WHEN 'd' THEN coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) END,
        'range', CASE t.typtype WHEN 'r' THEN concat_ws(', ', 'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
            'COLLATION = ' || nullif(r.rngcollation, 0)::regcollation::text,
            'SUBTYPE_OPCLASS = ' || (SELECT format('%I.%I', x.nspname, o.opcname) FROM pg_opclass o
                                     JOIN pg_namespace x ON x.oid = o.opcnamespace WHERE o.oid = r.rngsubopc),
            'SUBTYPE_DIFF = ' || CASE WHEN r.rngsubdiff::oid <> 0 THEN r.rngsubdiff::text END,
            'MULTIRANGE_TYPE_NAME = ' || format_type(r.rngmultitypid, NULL)) END))
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_class c ON c.oid = t.typrelid
LEFT JOIN pg_type b ON b.oid = t.typbasetype
LEFT JOIN pg_range r ON r.rngtypid = t.oid
WHERE t.typtype IN ('e', 'd', 'r', 'b', 'c') AND (t.typtype <> 'c' OR c.relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
UNION ALL
SELECT 'pg_enum', e.oid::bigint, 0, 'ENUM_LABEL', 0, NULL, quote_literal(e.enumlabel), 'pg_type', e.enumtypid::bigint,
    jsonb_build_object('place', e.enumsortorder)
FROM pg_enum e
