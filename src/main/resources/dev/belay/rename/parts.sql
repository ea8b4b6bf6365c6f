WITH t AS (SELECT ?::oid AS oid),
names AS (
    SELECT t.oid AS relation, a.attnum, a.attname::text AS name
    FROM t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
)
SELECT 'CONSTRAINT' AS kind, n.nspname::text AS schema, x.conname::text AS name,
    ARRAY(SELECT names.name FROM unnest(x.conkey) WITH ORDINALITY AS k (num, place)
          JOIN names ON names.attnum = k.num ORDER BY k.place) AS columns,
    ARRAY(SELECT names.name FROM names WHERE names.attnum = ANY (x.conkey)) AS uses,
    r.relname::text AS referenced,
    ARRAY(SELECT a.attname::text FROM unnest(x.confkey) WITH ORDINALITY AS k (num, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = x.confrelid AND a.attnum = k.num
          ORDER BY k.place) AS referenced_columns,
    pg_catalog.pg_get_constraintdef(x.oid) AS definition, x.contype::text AS type, x.oid AS place
FROM t
JOIN pg_catalog.pg_constraint x ON x.conrelid = t.oid
JOIN pg_catalog.pg_namespace n ON n.oid = x.connamespace
LEFT JOIN pg_catalog.pg_class r ON r.oid = x.confrelid
WHERE x.contype IN ('p', 'u', 'c', 'f', 'x') AND x.coninhcount = 0 AND x.conparentid = 0
UNION ALL
SELECT 'INDEX', n.nspname, c.relname,
    ARRAY(SELECT names.name FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (num, place)
          JOIN names ON names.attnum = k.num ORDER BY k.place),
    ARRAY(SELECT DISTINCT names.name FROM pg_catalog.pg_depend d
          JOIN names ON d.refobjid = names.relation AND d.refobjsubid = names.attnum
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
            AND d.refclassid = 'pg_catalog.pg_class'::regclass),
    NULL, ARRAY[]::text[], pg_catalog.pg_get_indexdef(i.indexrelid),
    CASE WHEN i.indisunique THEN 'u' ELSE '' END, i.indexrelid
FROM t
JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid AND NOT c.relispartition
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint x
                  WHERE x.conindid = i.indexrelid AND x.conrelid = t.oid AND x.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'SEQUENCE', n.nspname, c.relname, ARRAY[names.name], ARRAY[names.name], NULL, ARRAY[]::text[], '', '', c.oid
FROM t
JOIN names ON names.relation = t.oid
JOIN LATERAL (
    SELECT d.objid FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
      AND d.refobjid = t.oid AND d.refobjsubid = names.attnum AND d.deptype IN ('a', 'i')
    UNION
    SELECT d.refobjid FROM pg_catalog.pg_attrdef f
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass
    WHERE f.adrelid = t.oid AND f.adnum = names.attnum
) used ON true
JOIN pg_catalog.pg_class c ON c.oid = used.objid AND c.relkind = 'S'
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
UNION ALL
SELECT 'TRIGGER', '', g.tgname, ARRAY[]::text[],
    ARRAY(SELECT names.name FROM names WHERE names.attnum = ANY (g.tgattr::int2[])), NULL, ARRAY[]::text[], '', '', g.oid
FROM t JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgparentid = 0
UNION ALL
SELECT 'POLICY', '', p.polname, ARRAY[]::text[], ARRAY[]::text[], NULL, ARRAY[]::text[], '', '', p.oid
FROM t JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid
UNION ALL
SELECT 'RULE', '', w.rulename, ARRAY[]::text[], ARRAY[]::text[], NULL, ARRAY[]::text[], '', '', w.oid
FROM t JOIN pg_catalog.pg_rewrite w ON w.ev_class = t.oid AND w.rulename <> '_RETURN'
UNION ALL
SELECT 'STATISTICS', n.nspname, s.stxname,
    ARRAY(SELECT names.name FROM names WHERE names.attnum = ANY (s.stxkeys::int2[]) ORDER BY names.attnum),
    ARRAY(SELECT names.name FROM names WHERE names.attnum = ANY (s.stxkeys::int2[])), NULL, ARRAY[]::text[], '', '', s.oid
FROM t
JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = t.oid
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
ORDER BY place
