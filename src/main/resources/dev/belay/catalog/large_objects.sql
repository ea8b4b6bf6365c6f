-- By lo_get, which needs no more than the right to read each; in pieces, since one may be terabytes.
SELECT count(*) FILTER (WHERE piece.start = 0) AS objects,
    sum(hashtextextended(
        hash_record_extended(ROW(piece.content, ROW(m.oid, piece.start, CASE WHEN piece.start = 0 THEN about.text END)::text), 0)
            ::text, 0)) AS hash
FROM pg_largeobject_metadata m
CROSS JOIN LATERAL (
    SELECT ROW(pg_get_userbyid(m.lomowner), d.description,
        ARRAY(SELECT format('%s %s %s', CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                  x.privilege_type, x.is_grantable)
              FROM aclexplode(coalesce(m.lomacl, acldefault('L', m.lomowner))) x
              ORDER BY 1))::text
    FROM (SELECT) one
    LEFT JOIN pg_description d ON d.classoid = 'pg_largeobject'::regclass AND d.objoid = m.oid AND d.objsubid = 0
) about(text)
CROSS JOIN LATERAL (
    WITH RECURSIVE pieces(start, content) AS (
        SELECT 0::bigint, lo_get(m.oid, 0, 1048576)
        UNION ALL
        SELECT p.start + 1048576, lo_get(m.oid, p.start + 1048576, 1048576)
        FROM pieces p
        WHERE length(p.content) = 1048576
    )
    SELECT start, content FROM pieces
) piece
