-- The owner of "public" before PostgreSQL 15 is whoever ran initdb; pg_dump does not carry that role, so it is not named.
SELECT 'schema' AS type, format('%I', n.nspname) AS identity,
    jsonb_strip_nulls(jsonb_build_object(
        'owner', CASE WHEN n.nspname = 'public' AND n.nspowner = 10 THEN 'the bootstrap superuser'
                      ELSE pg_get_userbyid(n.nspowner) END,
        'comment', d.description)) AS definition
FROM pg_namespace n
LEFT JOIN pg_description d ON d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid AND d.objsubid = 0
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_depend m
                  WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid AND m.deptype = 'e')
