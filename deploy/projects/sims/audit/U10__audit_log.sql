SELECT django_restore_history('audit');
SELECT django_forget_models('audit', 'auditlog');
DROP TABLE audit_auditlog;
