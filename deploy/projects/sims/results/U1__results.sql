DELETE FROM django_migrations WHERE app = 'results' AND name = '0001_initial';
DROP TABLE results_result;
