CREATE OR REPLACE FUNCTION pg_temp.belay_acl(acl aclitem[]) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(DISTINCT format('%s|%s|%s', CASE x.grantee WHEN 0 THEN 'PUBLIC'
        ELSE quote_ident(pg_get_userbyid(x.grantee)) END, x.privilege_type, x.is_grantable), E'\n'), '')
    FROM aclexplode(acl) x
$$
