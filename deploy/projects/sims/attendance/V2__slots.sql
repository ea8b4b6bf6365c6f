-- A course may be taught twice a day.

ALTER TABLE attendance_attendance ADD COLUMN slot smallint NOT NULL DEFAULT 1 CHECK (slot > 0);
ALTER TABLE attendance_attendance ALTER COLUMN slot DROP DEFAULT;
CREATE INDEX attendance_attendance_held_on_slot_749c5373 ON attendance_attendance (held_on, slot);
