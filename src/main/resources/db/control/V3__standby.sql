CREATE TABLE standby (
    job_id    uuid PRIMARY KEY REFERENCES job (id),
    backup_id uuid NOT NULL REFERENCES backup (id),
    database  text NOT NULL,
    name      text NOT NULL,
    ready_at  timestamptz
);
CREATE INDEX standby_of_a_database ON standby (database);
COMMENT ON TABLE standby IS 'Copies of backups that stand beside their databases, so that a restore need not wait for pg_restore';
COMMENT ON COLUMN standby.job_id IS 'The migration that made it';
COMMENT ON COLUMN standby.backup_id IS 'The backup it is a copy of';
COMMENT ON COLUMN standby.database IS 'The managed database, by its name in the configuration';
COMMENT ON COLUMN standby.name IS 'Its own name, on the managed database''s server';
COMMENT ON COLUMN standby.ready_at IS 'Since when it is complete, equal to the backup and closed; null while it is made';
