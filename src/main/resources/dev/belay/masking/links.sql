-- Which column points at which by a foreign key.
SELECT cn.nspname, c.relname, a.attname, pn.nspname, p.relname, b.attname
FROM pg_catalog.pg_constraint k
CROSS JOIN LATERAL unnest(k.conkey, k.confkey) pair(own, other)
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.own
JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
JOIN pg_catalog.pg_attribute b ON b.attrelid = p.oid AND b.attnum = pair.other
WHERE k.contype = 'f'
ORDER BY 1, 2, 3, 4, 5, 6
