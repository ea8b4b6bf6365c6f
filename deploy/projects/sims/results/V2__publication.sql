ALTER TABLE results_result ADD COLUMN published_on date;

INSERT INTO django_migrations (app, name, applied) VALUES ('results', '0002_result_published_on', '2021-01-11 19:45:00+05');
