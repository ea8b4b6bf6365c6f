-- Student → Student in Program/Batch/Group: the year of admission becomes the batch, the section the group.


CREATE VIEW mapping_student_verdict AS
SELECT old.*,
       CASE WHEN program.id IS NULL THEN 'it has no program, or one that was rejected'
           WHEN admission_year IS NULL OR admission_year NOT BETWEEN 1950 AND 2100 THEN 'it has no year of admission'
           WHEN btrim(section) = '' THEN 'it is in no section'
           WHEN btrim(roll_number) = '' THEN 'it has no roll number'
           WHEN row_number() OVER (PARTITION BY roll_number ORDER BY old.id) > 1 THEN 'another student has its roll number'
           WHEN taken.id <> old.id THEN 'a student registered since has its roll number'
       END AS reason
FROM academics_student old
LEFT JOIN academics_program program ON program.id = old.program_id
LEFT JOIN students_student taken ON taken.reg_no = old.roll_number;

CREATE FUNCTION mapping_students() RETURNS void
    LANGUAGE sql
AS $$
    INSERT INTO academics_batch (program_id, name, start_year, is_active)
    SELECT DISTINCT program_id, 'Batch ' || admission_year, admission_year, true
    FROM mapping_student_verdict
    WHERE reason IS NULL
    ORDER BY 1, 2
    ON CONFLICT (program_id, name) DO NOTHING;

    INSERT INTO academics_group (batch_id, name)
    SELECT DISTINCT batch.id, old.section
    FROM mapping_student_verdict old
    JOIN academics_batch batch ON batch.program_id = old.program_id AND batch.name = 'Batch ' || old.admission_year
    WHERE reason IS NULL
    ORDER BY 1, 2
    ON CONFLICT (batch_id, name) DO NOTHING;

    INSERT INTO students_student (id, reg_no, user_id, program_id, batch_id, group_id, name, father_name, national_id,
                                  date_of_birth, gender, email, phone, address, guardian_phone, photo, status,
                                  enrollment_year, created_at, updated_at)
    SELECT old.id, old.roll_number, old.user_id, old.program_id, batch.id, part.id,
           btrim(old.first_name || ' ' || old.last_name), old.father_name, old.national_id, old.date_of_birth, old.gender,
           old.email, old.phone, old.address, old.guardian_phone, old.photo,
           CASE old.status WHEN 'active' THEN 'ACTIVE' WHEN 'graduated' THEN 'GRADUATED' WHEN 'suspended' THEN 'SUSPENDED'
               WHEN 'on_leave' THEN 'ON_LEAVE' ELSE 'INACTIVE' END,
           old.admission_year, old.created_at, old.updated_at
    FROM mapping_student_verdict old
    JOIN academics_batch batch ON batch.program_id = old.program_id AND batch.name = 'Batch ' || old.admission_year
    JOIN academics_group part ON part.batch_id = batch.id AND part.name = old.section
    WHERE reason IS NULL
    ORDER BY old.id
    ON CONFLICT (id) DO NOTHING;

    DELETE FROM mapping_reject USING mapping_student_verdict old
    WHERE mapping = 'student' AND legacy_id = old.id AND old.reason IS NULL;

    INSERT INTO mapping_reject (mapping, legacy_id, reason, source)
    SELECT 'student', id, reason, to_jsonb(old) - 'reason' FROM mapping_student_verdict old WHERE reason IS NOT NULL
    ON CONFLICT (mapping, legacy_id) DO UPDATE SET reason = excluded.reason, source = excluded.source
    WHERE (mapping_reject.reason, mapping_reject.source) IS DISTINCT FROM (excluded.reason, excluded.source);

    SELECT mapping_skip_ids('students_student', max(id)) FROM academics_student;
    SELECT mapping_settle('student', (SELECT count(*) FROM academics_student),
        (SELECT count(*) FROM academics_student JOIN students_student USING (id)));
$$;

-- The foreign keys are checked once, over all rows, instead of row by row. Nobody else uses the table yet: the release that
-- knows it starts after this.
ALTER TABLE students_student
    DROP CONSTRAINT students_student_user_id_56286dbb_fk_auth_user_id,
    DROP CONSTRAINT students_student_program_id_eb8d73b1_fk_academics_program_id,
    DROP CONSTRAINT students_student_batch_of_program_fk,
    DROP CONSTRAINT students_student_group_of_batch_fk;

SELECT mapping_students();

ALTER TABLE students_student
    ADD CONSTRAINT students_student_user_id_56286dbb_fk_auth_user_id
        FOREIGN KEY (user_id) REFERENCES auth_user DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT students_student_program_id_eb8d73b1_fk_academics_program_id
        FOREIGN KEY (program_id) REFERENCES academics_program DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT students_student_batch_of_program_fk
        FOREIGN KEY (batch_id, program_id) REFERENCES academics_batch (id, program_id)
        DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT students_student_group_of_batch_fk
        FOREIGN KEY (group_id, batch_id) REFERENCES academics_group (id, batch_id)
        DEFERRABLE INITIALLY DEFERRED NOT VALID;

ALTER TABLE students_student
    VALIDATE CONSTRAINT students_student_user_id_56286dbb_fk_auth_user_id,
    VALIDATE CONSTRAINT students_student_program_id_eb8d73b1_fk_academics_program_id,
    VALIDATE CONSTRAINT students_student_batch_of_program_fk,
    VALIDATE CONSTRAINT students_student_group_of_batch_fk;

ANALYZE academics_program, academics_academicperiod, academics_batch, academics_group, students_student;
