DELETE FROM django_migrations WHERE app = 'attendance' AND name = '0002_attendance_slot';
DROP INDEX attendance_attendance_term_id_64648c14;
ALTER TABLE attendance_attendance DROP COLUMN slot;
