-- Publications; a publication of whole schemas shows as the tables that it publishes now. Subscriptions of this
-- database, without how they connect; an ordinary role does not see every column of theirs, so these are named.
SELECT 'publication' AS type, format('%I', p.pubname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', pg_get_userbyid(p.pubowner),
        'parameters', to_jsonb(p) - '{oid,pubname,pubowner}'::text[],
        'tables', CASE WHEN NOT p.puballtables THEN
            (SELECT jsonb_agg(to_jsonb(t) - '{pubname,attnames}'::text[] || jsonb_build_object('columns',
                 (SELECT jsonb_agg(x ORDER BY x COLLATE "C")
                  FROM jsonb_array_elements_text(nullif(to_jsonb(t) -> 'attnames', 'null')) x))
                 ORDER BY t.schemaname COLLATE "C", t.tablename COLLATE "C")
             FROM pg_publication_tables t WHERE t.pubname = p.pubname) END,
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
