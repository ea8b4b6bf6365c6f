DELETE FROM django_migrations WHERE app = 'audit' AND name = '0001_initial';
DROP TABLE audit_event;
