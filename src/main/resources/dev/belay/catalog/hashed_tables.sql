-- What has rows of its own to hash, with its columns by name. Text and bytea are hashed as they are when equal means
-- the same bytes; every other type by how it is written, enums above all: their own hash is that of the label's OID.
SELECT c.oid::regclass::text AS identity,
    pg_table_size(c.oid) AS size,
    string_agg(format('%I', a.attname), ', ' ORDER BY a.attname COLLATE "C") FILTER (WHERE kind.direct) AS direct,
    string_agg(format('%I', a.attname), ', ' ORDER BY a.attname COLLATE "C") FILTER (WHERE NOT kind.direct) AS written
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_collation co ON co.oid = a.attcollation
LEFT JOIN LATERAL (SELECT a.atttypid = 'bytea'::regtype
                       OR a.atttypid IN ('text'::regtype, 'varchar'::regtype) AND co.collisdeterministic) kind(direct) ON true
WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated)
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
GROUP BY c.oid
ORDER BY size DESC, c.oid
