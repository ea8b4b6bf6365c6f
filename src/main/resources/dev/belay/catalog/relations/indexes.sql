SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition,
    i.indisprimary AS is_primary, i.indisunique AS is_unique, i.indpred IS NOT NULL AS partial, i.indisvalid AS valid
FROM pg_index i
WHERE i.indrelid = ?::bigint::oid
ORDER BY 1
