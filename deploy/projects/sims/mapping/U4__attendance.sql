-- What was mapped goes; what the application has added stays, with the timetables that it uses.

DROP FUNCTION mapping_attendance();

DELETE FROM attendance_attendance USING legacy.attendance_attendance old WHERE attendance_attendance.id = old.id;
DELETE FROM timetable_timetableentry entry WHERE NOT EXISTS (
    SELECT FROM attendance_attendance WHERE timetable_entry_id = entry.id);
DELETE FROM timetable_weeklytimetable timetable WHERE NOT EXISTS (
    SELECT FROM timetable_timetableentry WHERE timetable_id = timetable.id);
DELETE FROM mapping_reject WHERE mapping = 'attendance';
DELETE FROM mapping_count WHERE mapping = 'attendance';
