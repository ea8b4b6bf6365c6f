CREATE INDEX audit_event_model_object_id_cfc5ff72 ON audit_event (model, object_id);
