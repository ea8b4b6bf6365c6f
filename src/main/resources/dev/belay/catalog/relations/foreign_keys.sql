-- Foreign keys from and to the table; those that partitions have from their parents are left out.
SELECT k.conname AS name, k.conrelid::regclass::text AS table_name,
    ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY key(num, i)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.num ORDER BY key.i) AS columns,
    k.confrelid::regclass::text AS referenced_table,
    ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY key(num, i)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = key.num ORDER BY key.i) AS referenced_columns,
    rule.on_delete, rule.on_update, k.condeferrable AS deferrable, k.convalidated AS validated
FROM (SELECT ?::bigint::oid AS oid) t
JOIN pg_constraint k ON t.oid IN (k.conrelid, k.confrelid) AND k.contype = 'f' AND k.conparentid = 0
CROSS JOIN LATERAL (
    SELECT max(word) FILTER (WHERE code = k.confdeltype), max(word) FILTER (WHERE code = k.confupdtype)
    FROM (VALUES ('a'::"char", 'NO ACTION'), ('r', 'RESTRICT'), ('c', 'CASCADE'), ('n', 'SET NULL'), ('d', 'SET DEFAULT'))
        words(code, word)
) rule(on_delete, on_update)
ORDER BY 1, 2
