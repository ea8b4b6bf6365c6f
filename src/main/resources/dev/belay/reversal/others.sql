-- What has no file of its own. An OTHER can be dropped by its identity, but is not made again.
SELECT 'pg_extension' AS catalog, e.oid::bigint AS oid, 0 AS sub, 'EXTENSION' AS kind, 0::bigint AS schema_oid,
    NULL AS schema, quote_ident(e.extname) AS name, NULL AS parent_catalog, 0::bigint AS parent_oid,
    jsonb_strip_nulls(jsonb_build_object('version', e.extversion, 'in schema', quote_ident(n.nspname),
        'comment', obj_description(e.oid, 'pg_extension'))) AS traits
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
UNION ALL
SELECT 'pg_statistic_ext', s.oid::bigint, 0, 'STATISTICS', n.oid::bigint, quote_ident(n.nspname), quote_ident(s.stxname),
    'pg_class', s.stxrelid::bigint,
    jsonb_strip_nulls(jsonb_build_object('owner', quote_ident(pg_get_userbyid(s.stxowner)),
        'def', pg_get_statisticsobjdef(s.oid), 'statistics', coalesce(to_jsonb(s) ->> 'stxstattarget', '-1'),
        'comment', obj_description(s.oid, 'pg_statistic_ext')))
FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
UNION ALL
SELECT 'pg_event_trigger', t.oid::bigint, 0, 'EVENT_TRIGGER', 0, NULL, quote_ident(t.evtname), NULL, 0,
    jsonb_strip_nulls(jsonb_build_object('owner', quote_ident(pg_get_userbyid(t.evtowner)), 'enabled', t.evtenabled,
        'def', format(' ON %s%s EXECUTE FUNCTION %s', t.evtevent,
            ' WHEN TAG IN (' || (SELECT string_agg(quote_literal(x), ', ' ORDER BY x) FROM unnest(t.evttags) x) || ')',
            t.evtfoid::regprocedure::text),
        'comment', obj_description(t.oid, 'pg_event_trigger')))
FROM pg_event_trigger t
UNION ALL
SELECT 'pg_publication', p.oid::bigint, 0, 'PUBLICATION', 0, NULL, quote_ident(p.pubname), NULL, 0,
    jsonb_strip_nulls(jsonb_build_object('owner', quote_ident(pg_get_userbyid(p.pubowner)),
        'def', concat(CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE (
                SELECT ' FOR TABLE ' || string_agg(concat(CASE c.relkind WHEN 'r' THEN 'ONLY ' END, c.oid::regclass::text,
                    ' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                             WHERE a.attrelid = c.oid AND to_jsonb(r) -> 'prattrs' @> to_jsonb(a.attnum))
                        || ')',
                    ' WHERE (' || (SELECT to_jsonb(t) ->> 'rowfilter' FROM pg_publication_tables t
                                   WHERE t.pubname = p.pubname AND format('%I.%I', t.schemaname, t.tablename)::regclass
                                       = c.oid) || ')'), ', '
                    ORDER BY c.oid::regclass::text)
                FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid WHERE r.prpubid = p.oid) END,
            format(' WITH (publish = %L, publish_via_partition_root = %s)', concat_ws(', ',
                CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END), p.pubviaroot)),
        'comment', obj_description(p.oid, 'pg_publication')))
FROM pg_publication p
UNION ALL
SELECT 'pg_default_acl', a.oid::bigint, 0, 'DEFAULT_PRIVILEGES', 0, NULL, '', NULL, 0,
    jsonb_build_object('for', format('FOR ROLE %I%s', pg_get_userbyid(a.defaclrole),
            CASE WHEN a.defaclnamespace <> 0 THEN ' IN SCHEMA ' || a.defaclnamespace::regnamespace::text ELSE '' END),
        'on', CASE a.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
            WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
        'acl', pg_temp.belay_acl(a.defaclacl),
        'normal', CASE WHEN a.defaclnamespace <> 0 THEN '' ELSE coalesce(pg_temp.belay_acl(acldefault(
            CASE a.defaclobjtype WHEN 'S' THEN 's'::"char" ELSE a.defaclobjtype END, a.defaclrole)), '') END)
FROM pg_default_acl a
UNION ALL
SELECT class.relname, o.oid::bigint, 0, 'OTHER', 0, NULL, i.identity, NULL, 0,
    jsonb_build_object('identity', upper(replace(i.type, 'foreign-data wrapper', 'foreign data wrapper')) || ' ' || i.identity)
FROM (SELECT tableoid, oid FROM pg_cast UNION ALL SELECT tableoid, oid FROM pg_operator
      UNION ALL SELECT tableoid, oid FROM pg_opclass UNION ALL SELECT tableoid, oid FROM pg_opfamily
      UNION ALL SELECT tableoid, oid FROM pg_collation UNION ALL SELECT tableoid, oid FROM pg_conversion
      UNION ALL SELECT tableoid, oid FROM pg_ts_config UNION ALL SELECT tableoid, oid FROM pg_ts_dict
      UNION ALL SELECT tableoid, oid FROM pg_ts_parser UNION ALL SELECT tableoid, oid FROM pg_ts_template
      UNION ALL SELECT tableoid, oid FROM pg_foreign_data_wrapper UNION ALL SELECT tableoid, oid FROM pg_foreign_server
      UNION ALL SELECT tableoid, oid FROM pg_language UNION ALL SELECT tableoid, oid FROM pg_am) o(class, oid)
JOIN pg_class class ON class.oid = o.class
CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
WHERE o.oid >= 16384
  -- what a type brings along goes with it
  AND NOT EXISTS (SELECT FROM pg_depend m WHERE m.classid = o.class AND m.objid = o.oid AND m.deptype = 'i')
