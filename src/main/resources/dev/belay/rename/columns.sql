SELECT a.attname::text AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attcollation <> 0 AND a.attcollation <> y.typcollation
        THEN ' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(co.collname)
        ELSE '' END AS collation,
    a.atthasdef OR a.attidentity <> '' AS filled,
    a.attgenerated <> '' AS generated,
    coalesce(a.attnum = ANY (p.partattrs::int2[]), false) AS key,
    EXISTS (SELECT FROM pg_catalog.pg_opclass k
            WHERE k.opcdefault AND k.opcmethod IN (SELECT m.oid FROM pg_catalog.pg_am m WHERE m.amname IN ('btree', 'hash'))
              AND (k.opcintype = coalesce(nullif(y.typbasetype, 0), y.oid)
                OR EXISTS (SELECT FROM pg_catalog.pg_cast s
                           WHERE s.castsource = coalesce(nullif(y.typbasetype, 0), y.oid) AND s.casttarget = k.opcintype
                             AND s.castmethod = 'b' AND s.castcontext = 'i')
                OR y.typcategory = 'A' AND k.opcintype = 'anyarray'::regtype
                OR y.typtype = 'e' AND k.opcintype = 'anyenum'::regtype
                OR y.typtype IN ('r', 'm') AND k.opcintype IN ('anyrange'::regtype, 'anymultirange'::regtype))) AS comparable
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation
LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace
LEFT JOIN pg_catalog.pg_partitioned_table p ON p.partrelid = a.attrelid
WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum
