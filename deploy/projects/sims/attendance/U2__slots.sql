DROP INDEX attendance_attendance_held_on_slot_749c5373;
ALTER TABLE attendance_attendance DROP COLUMN slot;
