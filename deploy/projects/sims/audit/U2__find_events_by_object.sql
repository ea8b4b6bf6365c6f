DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_event_model_object_id';
DROP INDEX audit_event_model_object_id_cfc5ff72;
