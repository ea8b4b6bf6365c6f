CREATE INDEX audit_event_model_object_id_cfc5ff72 ON audit_event (model, object_id);

INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '0002_event_model_object_id', '2020-11-19 20:30:00+05');
