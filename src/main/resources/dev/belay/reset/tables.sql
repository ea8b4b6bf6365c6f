-- What a flush can empty: tables of the application, not of an extension, nor what ways back have kept. Of a partitioned
-- table with foreign partitions only the others, because TRUNCATE of the whole would empty them on their own servers.
SELECT n.nspname, c.relname, format('%I.%I', n.nspname, c.relname) AS written, c.relkind,
    c.relkind = 'f' OR c.relkind = 'p' AND EXISTS (
        SELECT FROM pg_catalog.pg_partition_tree(c.oid) part
        JOIN pg_catalog.pg_class leaf ON leaf.oid = part.relid WHERE leaf.relkind = 'f') AS is_foreign,
    -- A history of Flyway's, also of a module that the project does not have, and copies of one that are kept.
    (SELECT count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN (
        'installed_rank', 'version', 'description', 'type', 'script', 'checksum', 'installed_by', 'installed_on',
        'execution_time', 'success')) = 10 AS is_history
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'belay_salvage')
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass
                      AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1, 2
