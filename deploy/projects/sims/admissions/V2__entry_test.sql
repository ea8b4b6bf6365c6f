ALTER TABLE admissions_application ADD COLUMN entry_test_score numeric(5, 2);

INSERT INTO django_migrations (app, name, applied)
VALUES ('admissions', '0002_application_entry_test_score', '2021-03-02 18:20:00+05');
