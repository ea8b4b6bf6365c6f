SELECT c.oid::regclass::text AS identity, s.seqincrement > 0 AS ascending, s.seqcycle AS cycles
FROM pg_class c
JOIN pg_sequence s ON s.seqrelid = c.oid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
ORDER BY 1
