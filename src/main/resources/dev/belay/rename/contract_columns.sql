SELECT a.attrelid AS relation, a.attrelid::regclass::text AS relation_name, a.attname::text AS name, d.description AS comment,
    g.tgname::text AS trigger, pg_catalog.pg_get_triggerdef(g.oid) AS trigger_definition,
    p.oid::regprocedure::text AS function, pg_catalog.pg_get_functiondef(p.oid) AS function_definition,
    pg_catalog.obj_description(p.oid, 'pg_proc') AS function_comment, n.attname::text AS new_name
FROM (SELECT ?::text AS mark) m
JOIN pg_catalog.pg_description d ON d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid > 0
    AND pg_catalog.right(d.description, pg_catalog.length(m.mark)) = m.mark
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
JOIN pg_catalog.pg_trigger g ON g.tgrelid = a.attrelid AND NOT g.tgisinternal
    AND pg_catalog.starts_with(pg_catalog.encode(g.tgargs, 'escape'),
        pg_catalog.encode(pg_catalog.convert_to(a.attname::text, pg_catalog.getdatabaseencoding()), 'escape') || '\000')
JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid
    AND pg_catalog.right(pg_catalog.obj_description(p.oid, 'pg_proc'), pg_catalog.length(m.mark)) = m.mark
JOIN pg_catalog.pg_attribute n ON n.attrelid = a.attrelid AND n.attnum > 0 AND NOT n.attisdropped
    AND pg_catalog.encode(g.tgargs, 'escape') =
        pg_catalog.encode(pg_catalog.convert_to(a.attname::text, pg_catalog.getdatabaseencoding()), 'escape') || '\000'
        || pg_catalog.encode(pg_catalog.convert_to(n.attname::text, pg_catalog.getdatabaseencoding()), 'escape') || '\000'
WHERE NOT a.attisdropped AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition)
ORDER BY a.attrelid::regclass::text, a.attnum
