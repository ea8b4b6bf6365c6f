-- Who may do what, grant by grant. "Nothing was ever granted" is written out as what it means (acldefault), so that it
-- equals the same privileges granted one by one. Who granted them is left out.
WITH held(type, identity, owner, acl) AS (
    SELECT 'schema', format('%I', n.nspname), n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
    FROM pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend m
                      WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid AND m.deptype = 'e')
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, c.oid::regclass::text, c.relowner,
        coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner))
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend m
                      WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
    UNION ALL
    SELECT 'column', format('%s.%I', c.oid::regclass, a.attname), c.relowner, a.attacl
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend m
                      WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid AND m.deptype = 'e')
    UNION ALL
    SELECT 'function', p.oid::regprocedure::text, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend m
                      WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid AND m.deptype IN ('e', 'i')
                        AND m.refclassid IN ('pg_extension'::regclass, 'pg_type'::regclass))
    UNION ALL
    SELECT 'type', format_type(t.oid, NULL), t.typowner, coalesce(t.typacl, acldefault('T', t.typowner))
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typtype IN ('e', 'd', 'r', 'b', 'c') AND (t.typtype <> 'c' OR c.relkind = 'c')
      AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid)
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend m
                      WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid AND m.deptype = 'e')
    UNION ALL
    SELECT 'language', format('%I', l.lanname), l.lanowner, coalesce(l.lanacl, acldefault('l', l.lanowner))
    FROM pg_language l
    WHERE l.oid >= 16384
      AND NOT EXISTS (SELECT FROM pg_depend m
                      WHERE m.classid = 'pg_language'::regclass AND m.objid = l.oid AND m.deptype = 'e')
    UNION ALL
    SELECT 'foreign data wrapper', format('%I', w.fdwname), w.fdwowner,
        coalesce(w.fdwacl, acldefault('F', w.fdwowner))
    FROM pg_foreign_data_wrapper w
    WHERE NOT EXISTS (SELECT FROM pg_depend m
                      WHERE m.classid = 'pg_foreign_data_wrapper'::regclass AND m.objid = w.oid AND m.deptype = 'e')
    UNION ALL
    SELECT 'server', format('%I', s.srvname), s.srvowner, coalesce(s.srvacl, acldefault('S', s.srvowner))
    FROM pg_foreign_server s
    UNION ALL
    -- grants on what PostgreSQL or an extension brought along, as far as they are not what it brought along; what the
    -- owner holds is left out, because a copy's extensions belong to whoever restored it
    SELECT 'given ' || o.type, o.identity, o.owner, o.acl
    FROM (SELECT 'function' AS type, p.oid::regprocedure::text AS identity, p.proowner AS owner, p.proacl AS acl,
              p.pronamespace AS namespace, 'pg_proc'::regclass AS class, p.oid
          FROM pg_proc p WHERE p.proacl IS NOT NULL
          UNION ALL
          SELECT 'table', c.oid::regclass::text, c.relowner, c.relacl, c.relnamespace, 'pg_class'::regclass, c.oid
          FROM pg_class c WHERE c.relacl IS NOT NULL AND c.relkind NOT IN ('i', 'I', 't')) o
    LEFT JOIN pg_init_privs i ON i.classoid = o.class AND i.objoid = o.oid AND i.objsubid = 0
    WHERE o.acl IS DISTINCT FROM i.initprivs AND o.namespace::regnamespace::text <> 'information_schema'
      AND (o.oid < 16384 OR EXISTS (SELECT FROM pg_depend m
                                    WHERE m.classid = o.class AND m.objid = o.oid AND m.deptype = 'e'))
)
SELECT h.type || ' privileges' AS type, h.identity,
    (SELECT coalesce(jsonb_object_agg(g.grantee, g.privileges), '{}')
     FROM (SELECT CASE WHEN x.grantee = 0 THEN 'PUBLIC'
                       WHEN x.grantee = 10 AND h.type = 'schema' AND h.identity = 'public' THEN 'the bootstrap superuser'
                       ELSE quote_ident(pg_get_userbyid(x.grantee)) END AS grantee,
               string_agg(x.privilege_type || CASE WHEN x.is_grantable THEN ' (grantable)' ELSE '' END, ', '
                          ORDER BY x.privilege_type, x.is_grantable) AS privileges
           FROM (SELECT DISTINCT e.grantee, e.privilege_type, e.is_grantable FROM aclexplode(h.acl) e
                 WHERE e.grantee <> h.owner OR h.type NOT LIKE 'given %') x
           GROUP BY 1) g) AS definition
FROM held h
UNION ALL
SELECT 'default privileges',
    format('%s%s of %I', quote_ident(n.nspname) || '.',
        CASE a.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
                             WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE a.defaclobjtype::text END,
        pg_get_userbyid(a.defaclrole)),
    (SELECT coalesce(jsonb_object_agg(g.grantee, g.privileges), '{}')
     FROM (SELECT CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END AS grantee,
               string_agg(x.privilege_type || CASE WHEN x.is_grantable THEN ' (grantable)' ELSE '' END, ', '
                          ORDER BY x.privilege_type) AS privileges
           FROM aclexplode(a.defaclacl) x
           GROUP BY 1) g)
FROM pg_default_acl a
LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace
