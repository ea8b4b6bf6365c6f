-- Attendance of the terms that are not closed → timetables and Attendance: the school goes on marking in them. Closed terms
-- stay in legacy.attendance_attendance, where reports find them.


-- The planner is told how large a table has become before the next statement joins it.
CREATE FUNCTION mapping_attendance() RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    CREATE TEMPORARY TABLE verdict AS
    SELECT old.*, student.group_id, extract(isodow FROM held_on)::smallint AS day_of_week,
           CASE WHEN period.id IS NULL THEN 'its term was rejected'
               WHEN student.id IS NULL THEN 'its student was rejected'
               WHEN old.status NOT IN ('P', 'A', 'L', 'E') THEN 'its status is not known'
               WHEN row_number() OVER (PARTITION BY old.student_id, term_id, held_on, slot ORDER BY old.id DESC) > 1
                   THEN 'it was marked again later'
           END AS reason
    FROM legacy.attendance_attendance old
    JOIN academics_term term ON term.id = old.term_id AND NOT term.is_closed
    LEFT JOIN academics_academicperiod period ON period.id = old.term_id
    LEFT JOIN students_student student ON student.id = old.student_id;
    ANALYZE verdict;

    INSERT INTO timetable_weeklytimetable (academic_period_id, group_id, status, created_at, updated_at)
    SELECT term_id, group_id, 'PUBLISHED', min(recorded_at), min(recorded_at)
    FROM verdict
    WHERE reason IS NULL
    GROUP BY term_id, group_id
    ORDER BY term_id, group_id
    ON CONFLICT (group_id, academic_period_id) DO NOTHING;

    -- Where a group was taught two courses in one hour, the one that more attendance names.
    INSERT INTO timetable_timetableentry (timetable_id, day_of_week, slot, course, room)
    SELECT DISTINCT ON (timetable.id, day_of_week, slot)
           timetable.id, day_of_week, slot, course.code || ' ' || course.title, ''
    FROM (
        SELECT term_id, group_id, day_of_week, slot, course_id, count(*) AS named
        FROM verdict
        WHERE reason IS NULL
        GROUP BY term_id, group_id, day_of_week, slot, course_id
    ) AS taught
    JOIN timetable_weeklytimetable timetable
        ON timetable.group_id = taught.group_id AND timetable.academic_period_id = taught.term_id
    JOIN academics_course course ON course.id = course_id
    ORDER BY timetable.id, day_of_week, slot, named DESC, course_id
    ON CONFLICT (timetable_id, day_of_week, slot) DO NOTHING;
    ANALYZE timetable_weeklytimetable, timetable_timetableentry;

    INSERT INTO attendance_attendance (id, timetable_entry_id, student_id, date, status, marked_at, marked_by_id)
    SELECT old.id, entry.id, old.student_id, old.held_on,
           CASE old.status WHEN 'P' THEN 'PRESENT' WHEN 'A' THEN 'ABSENT' WHEN 'L' THEN 'LATE' ELSE 'LEAVE' END,
           old.recorded_at, old.recorded_by_id
    FROM verdict old
    JOIN timetable_weeklytimetable timetable
        ON timetable.group_id = old.group_id AND timetable.academic_period_id = old.term_id
    JOIN timetable_timetableentry entry
        ON entry.timetable_id = timetable.id AND entry.day_of_week = old.day_of_week AND entry.slot = old.slot
    WHERE reason IS NULL
    ORDER BY old.id
    ON CONFLICT (id) DO NOTHING;
    ANALYZE attendance_attendance;

    DELETE FROM mapping_reject USING verdict old
    WHERE mapping = 'attendance' AND legacy_id = old.id AND old.reason IS NULL;

    INSERT INTO mapping_reject (mapping, legacy_id, reason, source)
    SELECT 'attendance', id, reason, to_jsonb(old) - ARRAY['reason', 'group_id', 'day_of_week']
    FROM verdict old
    WHERE reason IS NOT NULL
    ON CONFLICT (mapping, legacy_id) DO UPDATE SET reason = excluded.reason, source = excluded.source
    WHERE (mapping_reject.reason, mapping_reject.source) IS DISTINCT FROM (excluded.reason, excluded.source);

    PERFORM mapping_skip_ids('attendance_attendance', max(id)) FROM legacy.attendance_attendance;
    PERFORM mapping_settle('attendance', (SELECT count(*) FROM verdict),
        (SELECT count(*) FROM verdict JOIN attendance_attendance USING (id)));
    DROP TABLE verdict;
END
$$;

-- Checked once over all rows, as in version 3.
ALTER TABLE attendance_attendance
    DROP CONSTRAINT attendance_attendanc_timetable_entry_id_b8bba046_fk_timetable,
    DROP CONSTRAINT attendance_attendanc_student_id_94863613_fk_students_,
    DROP CONSTRAINT attendance_attendance_marked_by_id_0698c76f_fk_auth_user_id;

SELECT mapping_attendance();

ALTER TABLE attendance_attendance
    ADD CONSTRAINT attendance_attendanc_timetable_entry_id_b8bba046_fk_timetable
        FOREIGN KEY (timetable_entry_id) REFERENCES timetable_timetableentry DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT attendance_attendanc_student_id_94863613_fk_students_
        FOREIGN KEY (student_id) REFERENCES students_student DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT attendance_attendance_marked_by_id_0698c76f_fk_auth_user_id
        FOREIGN KEY (marked_by_id) REFERENCES auth_user DEFERRABLE INITIALLY DEFERRED NOT VALID;

ALTER TABLE attendance_attendance
    VALIDATE CONSTRAINT attendance_attendanc_timetable_entry_id_b8bba046_fk_timetable,
    VALIDATE CONSTRAINT attendance_attendanc_student_id_94863613_fk_students_,
    VALIDATE CONSTRAINT attendance_attendance_marked_by_id_0698c76f_fk_auth_user_id;
