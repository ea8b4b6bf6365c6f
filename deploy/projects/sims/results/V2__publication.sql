ALTER TABLE results_result ADD COLUMN published_on date;
