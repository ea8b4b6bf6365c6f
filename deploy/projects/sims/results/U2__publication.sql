DELETE FROM django_migrations WHERE app = 'results' AND name = '0002_result_published_on';
ALTER TABLE results_result DROP COLUMN published_on;
