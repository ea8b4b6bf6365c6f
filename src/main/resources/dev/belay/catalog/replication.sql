-- Publications: the tables that were named, or whose partitioned table was, and the schemas that are published whole, with
-- whatever is in them. Subscriptions of this database, without how they connect; an ordinary role does not see every column
-- of theirs, so these are named.
WITH published AS (
    SELECT t.*, EXISTS (
        SELECT FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
        WHERE p.pubname = t.pubname AND (r.prrelid = format('%I.%I', t.schemaname, t.tablename)::regclass
            OR r.prrelid IN (SELECT relid FROM pg_partition_ancestors(format('%I.%I', t.schemaname, t.tablename)::regclass)))
    ) AS named
    FROM pg_publication_tables t)
SELECT 'publication' AS type, format('%I', p.pubname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(p.pubowner),
        'parameters', to_jsonb(p) - '{oid,pubname,pubowner}'::text[],
        'tables', (SELECT jsonb_agg(to_jsonb(t) - '{pubname,attnames,named}'::text[] || jsonb_build_object('columns',
                 (SELECT jsonb_agg(x ORDER BY x COLLATE "C")
                  FROM jsonb_array_elements_text(nullif(to_jsonb(t) -> 'attnames', 'null')) x))
                 ORDER BY t.schemaname COLLATE "C", t.tablename COLLATE "C")
             FROM published t WHERE t.pubname = p.pubname AND t.named AND NOT p.puballtables),
        'schemas', (SELECT jsonb_agg(s.schemaname ORDER BY s.schemaname COLLATE "C")
             FROM (SELECT DISTINCT t.schemaname FROM published t
                   WHERE t.pubname = p.pubname AND NOT t.named AND NOT p.puballtables) s),
        'comment', d.description)) AS definition
FROM pg_publication p
LEFT JOIN pg_description d ON d.classoid = 'pg_publication'::regclass AND d.objoid = p.oid AND d.objsubid = 0
WHERE NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_publication'::regclass AND m.objid = p.oid AND m.deptype = 'e')
UNION ALL
SELECT 'subscription', format('%I', s.subname),
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(s.subowner),
        'enabled', s.subenabled,
        'publications', to_jsonb(s.subpublications)))
FROM pg_subscription s
WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
