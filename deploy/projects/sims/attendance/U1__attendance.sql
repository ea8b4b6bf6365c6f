DROP TABLE attendance_attendance;
