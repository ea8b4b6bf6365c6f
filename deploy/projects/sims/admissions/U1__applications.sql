DELETE FROM django_migrations WHERE app = 'admissions' AND name = '0001_initial';
DROP TABLE admissions_application;
