DROP FUNCTION mapping_skip_ids(regclass, bigint);
DROP FUNCTION mapping_settle(varchar, bigint, bigint);
DROP TABLE mapping_reject, mapping_count;
