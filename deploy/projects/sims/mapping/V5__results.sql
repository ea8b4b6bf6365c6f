-- Result → ResultHeader + ResultComponentEntry: the papers of a student in a term are the entries of one header, for the
-- final examination of the program in that period. An entry keeps the id of its result.


-- It writes results that were published years ago, so it does without the guards of the tables while it runs: for that it
-- takes SHARE ROW EXCLUSIVE on both, and nobody writes beside it.
CREATE FUNCTION mapping_results() RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    touched bigint[];
BEGIN
    CREATE TEMPORARY TABLE verdict AS
    SELECT judged.*,
           coalesce(fault, CASE
               WHEN row_number() OVER (PARTITION BY fault IS NULL, student_id, term_id, course_id ORDER BY id DESC) > 1
                   THEN 'it was entered again later'
           END) AS reason
    FROM (
        SELECT old.*, student.program_id,
               CASE WHEN old.student_id IS NULL THEN 'it has no student'
                   WHEN student.id IS NULL THEN 'its student was rejected'
                   WHEN period.id IS NULL THEN 'its term was rejected'
                   WHEN marks < 0 THEN 'its marks are below zero'
                   WHEN max_marks <= 0 OR marks > max_marks THEN 'its marks are above the maximum'
                   WHEN old.status NOT IN ('draft', 'approved', 'published', 'final') THEN 'its status is not known'
               END AS fault
        FROM results_result old
        LEFT JOIN students_student student ON student.id = old.student_id
        LEFT JOIN academics_academicperiod period ON period.id = old.term_id
    ) AS judged;
    ANALYZE verdict;

    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE results_resultheader DISABLE TRIGGER results_resultheader_guard;
    ALTER TABLE results_resultcomponententry DISABLE TRIGGER results_resultcomponententry_guard;

    INSERT INTO exams_exam (academic_period_id, program_id, title, exam_type, starts_on, created_at, updated_at)
    SELECT term_id, program_id, 'Final examination', 'FINAL', min(period.end_date), min(entered_at), min(entered_at)
    FROM verdict
    JOIN academics_academicperiod period ON period.id = term_id
    WHERE reason IS NULL
    GROUP BY term_id, program_id
    ORDER BY term_id, program_id
    ON CONFLICT (program_id, academic_period_id, title) DO NOTHING;

    -- The place among the program's courses is the paper's sequence number.
    INSERT INTO exams_examcomponent (exam_id, name, sequence, max_marks, passing_marks)
    SELECT exam.id, course.name, course.place, paper.max_marks, round(paper.max_marks / 2, 2)
    FROM (
        SELECT program_id, term_id, course_id, max(max_marks) AS max_marks
        FROM verdict
        WHERE reason IS NULL
        GROUP BY program_id, term_id, course_id
    ) AS paper
    JOIN (
        SELECT id, code || ' ' || title AS name, row_number() OVER (PARTITION BY program_id ORDER BY code, id) AS place
        FROM academics_course
    ) AS course ON course.id = paper.course_id
    JOIN exams_exam exam ON exam.program_id = paper.program_id AND exam.academic_period_id = paper.term_id
        AND exam.title = 'Final examination'
    ORDER BY exam.id, course.place
    ON CONFLICT (exam_id, sequence) DO NOTHING;
    ANALYZE exams_exam, exams_examcomponent;

    INSERT INTO results_resultheader (exam_id, student_id, status, total_obtained, total_max, final_outcome, published_at,
                                      created_at, updated_at)
    SELECT exam.id, taken.student_id, (ARRAY['DRAFT', 'VERIFIED', 'PUBLISHED', 'FROZEN'])[taken.step], taken.marks,
           taken.max_marks, CASE WHEN taken.step = 1 THEN 'PENDING' WHEN taken.passed THEN 'PASS' ELSE 'FAIL' END,
           taken.published_on, taken.entered_at, taken.entered_at
    FROM (
        SELECT student_id, program_id, term_id, sum(marks) AS marks, sum(max_marks) AS max_marks,
               bool_and(marks >= max_marks / 2) AS passed, max(entered_at) AS entered_at, max(published_on) AS published_on,
               min(array_position(ARRAY['draft', 'approved', 'published', 'final'], status::text)) AS step
        FROM verdict
        WHERE reason IS NULL
        GROUP BY student_id, program_id, term_id
    ) AS taken
    JOIN exams_exam exam ON exam.program_id = taken.program_id AND exam.academic_period_id = taken.term_id
        AND exam.title = 'Final examination'
    ORDER BY exam.id, taken.student_id
    ON CONFLICT (exam_id, student_id) DO NOTHING;
    ANALYZE results_resultheader;

    WITH added AS (
        INSERT INTO results_resultcomponententry (id, result_header_id, exam_component_id, marks_obtained, outcome,
                                                  entered_at, entered_by_id)
        SELECT old.id, header.id, component.id, old.marks,
               CASE WHEN old.marks >= old.max_marks / 2 THEN 'PASS' ELSE 'FAIL' END, old.entered_at, old.entered_by_id
        FROM verdict old
        JOIN academics_course course ON course.id = old.course_id
        JOIN exams_exam exam ON exam.program_id = old.program_id AND exam.academic_period_id = old.term_id
            AND exam.title = 'Final examination'
        JOIN exams_examcomponent component
            ON component.exam_id = exam.id AND component.name = course.code || ' ' || course.title
        JOIN results_resultheader header ON header.exam_id = exam.id AND header.student_id = old.student_id
        WHERE reason IS NULL
        ORDER BY old.id
        ON CONFLICT (id) DO NOTHING
        RETURNING result_header_id
    )
    SELECT array_agg(DISTINCT result_header_id) INTO touched FROM added;
    ANALYZE results_resultcomponententry;

    -- Only a result that was mended after the first run adds an entry to a header that was there.
    UPDATE results_resultheader header
    SET total_obtained = summed.marks, total_max = summed.max_marks,
        final_outcome = CASE WHEN header.status = 'DRAFT' THEN 'PENDING' WHEN summed.passed THEN 'PASS' ELSE 'FAIL' END
    FROM (
        SELECT result_header_id, sum(marks_obtained) AS marks, sum(max_marks) AS max_marks,
               bool_and(outcome <> 'FAIL') AS passed
        FROM results_resultcomponententry
        JOIN exams_examcomponent component ON component.id = exam_component_id
        WHERE result_header_id = ANY (touched)
        GROUP BY result_header_id
    ) AS summed
    WHERE header.id = summed.result_header_id AND header.total_obtained <> summed.marks;

    DELETE FROM mapping_reject USING verdict old
    WHERE mapping = 'result' AND legacy_id = old.id AND old.reason IS NULL;

    INSERT INTO mapping_reject (mapping, legacy_id, reason, source)
    SELECT 'result', id, reason, to_jsonb(old) - ARRAY['reason', 'fault', 'program_id']
    FROM verdict old
    WHERE reason IS NOT NULL
    ON CONFLICT (mapping, legacy_id) DO UPDATE SET reason = excluded.reason, source = excluded.source
    WHERE (mapping_reject.reason, mapping_reject.source) IS DISTINCT FROM (excluded.reason, excluded.source);

    PERFORM mapping_skip_ids('results_resultcomponententry', max(id)) FROM results_result;
    PERFORM mapping_settle('result', (SELECT count(*) FROM results_result),
        (SELECT count(*) FROM results_result JOIN results_resultcomponententry USING (id)));

    DROP TABLE verdict;
    ALTER TABLE results_resultcomponententry ENABLE TRIGGER results_resultcomponententry_guard;
    ALTER TABLE results_resultheader ENABLE TRIGGER results_resultheader_guard;
END
$$;

-- Checked once over all rows, as in version 3.
ALTER TABLE results_resultheader
    DROP CONSTRAINT results_resultheader_exam_id_5a574ab3_fk_exams_exam_id,
    DROP CONSTRAINT results_resultheader_student_id_097e48da_fk_students_student_id;
ALTER TABLE results_resultcomponententry
    DROP CONSTRAINT results_resultcompon_result_header_id_75be378c_fk_results_r,
    DROP CONSTRAINT results_resultcompon_exam_component_id_312ffaf8_fk_exams_exa,
    DROP CONSTRAINT results_resultcompon_entered_by_id_da69994c_fk_auth_user;

SELECT mapping_results();

ALTER TABLE results_resultheader
    ADD CONSTRAINT results_resultheader_exam_id_5a574ab3_fk_exams_exam_id
        FOREIGN KEY (exam_id) REFERENCES exams_exam DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT results_resultheader_student_id_097e48da_fk_students_student_id
        FOREIGN KEY (student_id) REFERENCES students_student DEFERRABLE INITIALLY DEFERRED NOT VALID;
ALTER TABLE results_resultcomponententry
    ADD CONSTRAINT results_resultcompon_result_header_id_75be378c_fk_results_r
        FOREIGN KEY (result_header_id) REFERENCES results_resultheader DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT results_resultcompon_exam_component_id_312ffaf8_fk_exams_exa
        FOREIGN KEY (exam_component_id) REFERENCES exams_examcomponent DEFERRABLE INITIALLY DEFERRED NOT VALID,
    ADD CONSTRAINT results_resultcompon_entered_by_id_da69994c_fk_auth_user
        FOREIGN KEY (entered_by_id) REFERENCES auth_user DEFERRABLE INITIALLY DEFERRED NOT VALID;

ALTER TABLE results_resultheader
    VALIDATE CONSTRAINT results_resultheader_exam_id_5a574ab3_fk_exams_exam_id,
    VALIDATE CONSTRAINT results_resultheader_student_id_097e48da_fk_students_student_id;
ALTER TABLE results_resultcomponententry
    VALIDATE CONSTRAINT results_resultcompon_result_header_id_75be378c_fk_results_r,
    VALIDATE CONSTRAINT results_resultcompon_exam_component_id_312ffaf8_fk_exams_exa,
    VALIDATE CONSTRAINT results_resultcompon_entered_by_id_da69994c_fk_auth_user;
