SELECT n.nspname::text AS schema, c.relname::text AS name,
    ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
          ORDER BY a.attnum) AS columns,
    EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attidentity = 'a'
            AND NOT a.attisdropped) AS numbered,
    ARRAY(SELECT g.tgname::text FROM pg_catalog.pg_trigger g
          WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A') ORDER BY g.tgname) AS triggers,
    ARRAY(SELECT g.tgenabled::text FROM pg_catalog.pg_trigger g
          WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A') ORDER BY g.tgname) AS enabled,
    ARRAY(SELECT DISTINCT rn.nspname || '.' || r.relname FROM pg_catalog.pg_constraint x
          JOIN pg_catalog.pg_class r ON r.oid = x.confrelid JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
          WHERE x.contype = 'f' AND x.conrelid = c.oid AND x.confrelid <> c.oid) AS needs
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2
