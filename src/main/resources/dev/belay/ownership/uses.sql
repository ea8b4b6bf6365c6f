-- What cannot be without what, told by the table, view, function or type that a part belongs to. Parts of tables are their
-- constraints, defaults, triggers, rules, policies, indexes and the sequences that they own.
WITH part(classid, objid, kind, name, ownerclass, owner) AS (
    SELECT 'pg_constraint'::regclass::oid, oid,
           CASE contype WHEN 'f' THEN 'foreign key' ELSE 'constraint' END, conname::text,
           CASE WHEN conrelid <> 0 THEN 'pg_class'::regclass::oid ELSE 'pg_type'::regclass::oid END,
           CASE WHEN conrelid <> 0 THEN conrelid ELSE contypid END
    FROM pg_constraint WHERE conrelid <> 0 OR contypid <> 0
    UNION ALL
    SELECT 'pg_attrdef'::regclass::oid, d.oid, 'default of the column', a.attname::text, 'pg_class'::regclass::oid, d.adrelid
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    UNION ALL
    SELECT 'pg_trigger'::regclass::oid, oid, 'trigger', tgname::text, 'pg_class'::regclass::oid, tgrelid
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'pg_rewrite'::regclass::oid, r.oid,
           CASE WHEN c.relkind IN ('v', 'm') AND r.rulename = '_RETURN' THEN NULL ELSE 'rule' END,
           CASE WHEN c.relkind IN ('v', 'm') AND r.rulename = '_RETURN' THEN NULL ELSE r.rulename::text END,
           'pg_class'::regclass::oid, r.ev_class
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    UNION ALL
    SELECT 'pg_policy'::regclass::oid, oid, 'policy', polname::text, 'pg_class'::regclass::oid, polrelid FROM pg_policy
    UNION ALL
    SELECT 'pg_class'::regclass::oid, i.indexrelid, 'index', c.relname::text, 'pg_class'::regclass::oid, i.indrelid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    UNION ALL
    SELECT 'pg_class'::regclass::oid, d.objid, 'sequence', c.relname::text, 'pg_class'::regclass::oid, d.refobjid
    FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    UNION ALL
    -- the type of a table's rows, and that of an array, stand for the table and for the element
    SELECT 'pg_type'::regclass::oid, t.oid, NULL, NULL, 'pg_class'::regclass::oid, t.typrelid
    FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid AND c.relkind <> 'c'
    UNION ALL
    SELECT 'pg_type'::regclass::oid, t.oid, NULL, NULL,
           CASE WHEN c.oid IS NULL THEN 'pg_type'::regclass::oid ELSE 'pg_class'::regclass::oid END, coalesce(c.oid, e.oid)
    FROM pg_type t
    JOIN pg_type e ON e.oid = t.typelem
    LEFT JOIN pg_class c ON c.oid = e.typrelid AND c.relkind <> 'c'
    WHERE t.typcategory = 'A'
)
SELECT DISTINCT
    d.objid::bigint,
    coalesce(user_part.kind, own.type),
    user_part.name,
    coalesce(user_part.ownerclass, d.classid)::bigint,
    coalesce(user_part.owner, d.objid)::bigint,
    coalesce(used_part.ownerclass, d.refclassid)::bigint,
    coalesce(used_part.owner, d.refobjid)::bigint
FROM pg_depend d
LEFT JOIN part user_part ON user_part.classid = d.classid AND user_part.objid = d.objid
LEFT JOIN part used_part ON used_part.classid = d.refclassid AND used_part.objid = d.refobjid
CROSS JOIN LATERAL pg_identify_object(
    coalesce(user_part.ownerclass, d.classid), coalesce(user_part.owner, d.objid), 0) own
WHERE d.deptype IN ('n', 'a', 'i', 'P', 'S')
    AND d.objid >= 16384 AND d.refobjid >= 16384
    AND (coalesce(user_part.ownerclass, d.classid), coalesce(user_part.owner, d.objid))
        IS DISTINCT FROM (coalesce(used_part.ownerclass, d.refclassid), coalesce(used_part.owner, d.refobjid))
