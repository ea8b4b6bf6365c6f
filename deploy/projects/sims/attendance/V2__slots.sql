-- A course may be taught twice a day.

ALTER TABLE attendance_attendance ADD COLUMN slot smallint NOT NULL DEFAULT 1 CHECK (slot > 0);
ALTER TABLE attendance_attendance ALTER COLUMN slot DROP DEFAULT;
CREATE INDEX attendance_attendance_held_on_slot_749c5373 ON attendance_attendance (held_on, slot);

INSERT INTO django_migrations (app, name, applied) VALUES ('attendance', '0002_attendance_slot', '2020-08-20 19:00:00+05');
