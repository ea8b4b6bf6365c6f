DELETE FROM django_migrations WHERE app = 'admissions' AND name = '0002_application_entry_test_score';
ALTER TABLE admissions_application DROP COLUMN entry_test_score;
