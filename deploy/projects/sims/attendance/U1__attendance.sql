DELETE FROM django_migrations WHERE app = 'attendance' AND name = '0001_initial';
DROP TABLE attendance_attendance;
