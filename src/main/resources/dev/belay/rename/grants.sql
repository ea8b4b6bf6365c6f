SELECT coalesce(a.attname::text, '') AS column, x.privilege_type AS privilege,
    CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END AS grantee,
    x.is_grantable AS grantable
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped
CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) x
WHERE c.oid = ?::oid AND x.grantee <> c.relowner
UNION ALL
SELECT '', x.privilege_type,
    CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END,
    x.is_grantable
FROM pg_catalog.pg_class c
CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) x
WHERE c.oid = ?::oid AND x.grantee <> c.relowner
ORDER BY 1, 3, 2
