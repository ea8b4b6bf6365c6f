ALTER TABLE results_result DROP COLUMN published_on;
