SELECT c.oid, c.oid::regclass::text AS name, pg_catalog.pg_get_viewdef(c.oid) AS definition,
    coalesce(pg_catalog.array_to_string(c.reloptions, ', '), '') AS options,
    pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) AS owner, d.description AS comment
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
CROSS JOIN (SELECT ?::text AS mark) m
WHERE c.relkind = 'v' AND pg_catalog.right(d.description, pg_catalog.length(m.mark)) = m.mark
ORDER BY pg_catalog.length(c.relname) DESC, c.relname
