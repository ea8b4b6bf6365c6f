SELECT django_restore_history('attendance');
DROP TABLE attendance_attendance;
ALTER TABLE legacy.attendance_attendance SET SCHEMA public;
