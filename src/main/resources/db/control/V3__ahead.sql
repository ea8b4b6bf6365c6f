ALTER TABLE job ADD ahead boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN job.ahead IS 'Whether it runs before the jobs of its database that came in earlier';
COMMENT ON COLUMN job.number IS 'The order in which jobs came in; a database''s jobs run in this order, but for those that are ahead';
