-- Demo data: five years of the old system: 50,000 students, 1,000,000 marks of attendance, 300,000 results.
--
-- Everything is computed from the number of the row, so every load is the same, row by row: no clock, no random(). Not a
-- migration: load it after version 3 of academics and the old versions of all others, with any client.
--
-- It has the faults that such data has. What the new structure does not take is counted here, where it is made:
--   programs   1 without a title
--   terms      1 that ends before it begins
--   students   20 without a program, 17 without a year of admission, 10 with the roll number of another
--   results    60 without a student, 40 below zero, 30 above the maximum, 50 entered twice, and those of the students above


-- A die with so many sides: the same throw for the same row and salt, always.
CREATE FUNCTION pg_temp.roll(n bigint, salt integer, sides integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
AS $$ SELECT (hashint8extended(n, salt) & 2147483647)::integer % sides $$;

CREATE FUNCTION pg_temp.pick(words text[], n bigint, salt integer) RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$ SELECT words[1 + pg_temp.roll(n, salt, cardinality(words))] $$;


-- Foreign keys are checked row by row when rows come one by one; here they are taken off the large tables, and checked at
-- the end in one go.
CREATE TEMPORARY TABLE foreign_key AS
SELECT conrelid::regclass::text AS of_table, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
FROM pg_constraint
WHERE contype = 'f' AND conrelid IN (
    'academics_student'::regclass, 'attendance_attendance'::regclass, 'results_result'::regclass,
    'admissions_application'::regclass, 'enrollment_enrollment'::regclass, 'assessments_score'::regclass,
    'audit_event'::regclass);

DO $$
DECLARE
    command text;
BEGIN
    FOR command IN SELECT format('ALTER TABLE %s DROP CONSTRAINT %s', of_table, name) FROM foreign_key LOOP
        EXECUTE command;
    END LOOP;
END
$$;


-- The office, and what Django knows of the old models ----------------------------------------------------------------

INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
SELECT n, '!', false, 'staff' || n,
       pg_temp.pick(ARRAY['Ayesha', 'Bilal', 'Fatima', 'Hamza', 'Imran', 'Khadija', 'Nadia', 'Omar', 'Sana'], n, 1),
       pg_temp.pick(ARRAY['Ahmed', 'Ali', 'Butt', 'Chaudhry', 'Hussain', 'Iqbal', 'Khan', 'Malik', 'Raza'], n, 2),
       'staff' || n || '@sims.example', true, n % 17 <> 0, timestamptz '2019-07-01 09:00+05' + n * interval '97 hours'
FROM generate_series(1, 300) AS n;

INSERT INTO django_migrations (app, name, applied)
VALUES ('academics', '0001_initial', '2019-07-01 08:00:03+05'),
       ('academics', '0002_student', '2019-07-15 09:30:00+05'),
       ('attendance', '0001_initial', '2019-07-15 09:30:01+05'),
       ('admissions', '0001_initial', '2019-07-20 18:00:00+05'),
       ('enrollment', '0001_initial', '2019-08-01 18:00:00+05'),
       ('assessments', '0001_initial', '2019-09-12 18:00:00+05'),
       ('results', '0001_initial', '2019-11-02 18:00:00+05'),
       ('audit', '0001_initial', '2020-01-08 20:00:00+05'),
       ('academics', '0003_student_roll_number_unique', '2020-02-03 21:00:00+05'),
       ('academics', '0004_student_roll_number_not_unique', '2020-02-04 07:10:00+05'),
       ('requests', '0001_initial', '2020-03-30 18:00:00+05'),
       ('transcripts', '0001_initial', '2020-06-15 18:00:00+05'),
       ('attendance', '0002_attendance_slot', '2020-08-20 19:00:00+05'),
       ('audit', '0002_event_model_object_id', '2020-11-19 20:30:00+05'),
       ('results', '0002_result_published_on', '2021-01-11 19:45:00+05'),
       ('admissions', '0002_application_entry_test_score', '2021-03-02 18:20:00+05'),
       ('academics', '0005_term_grading_closes_on', '2021-05-30 20:00:00+05');

INSERT INTO django_content_type (app_label, model)
VALUES ('academics', 'program'), ('academics', 'term'), ('academics', 'course'), ('academics', 'student'),
       ('attendance', 'attendance'), ('results', 'result'), ('audit', 'event'), ('admissions', 'application'),
       ('enrollment', 'enrollment'), ('assessments', 'assessment'), ('assessments', 'score'),
       ('requests', 'studentrequest'), ('transcripts', 'transcript');

INSERT INTO auth_permission (name, content_type_id, codename)
SELECT 'Can ' || action || ' ' || model, id, action || '_' || model
FROM django_content_type, unnest(ARRAY['add', 'change', 'delete', 'view']) AS action
WHERE app_label NOT IN ('contenttypes', 'auth')
ORDER BY id, action;


-- Programs, courses, terms -------------------------------------------------------------------------------------------

INSERT INTO academics_program (id, code, title, degree_level, faculty, duration_terms, credits_required, accredited_by,
                               accredited_until, fee_per_term, prospectus, is_active, created_at, updated_at)
SELECT n, code, title, CASE WHEN code LIKE 'M%' THEN 'master' ELSE 'bachelor' END, faculty, 8, 124 + n::integer,
       'Higher Education Commission', date '2026-06-30' + n::integer, 45000 + 1500 * n,
       'Admission by entry test. ' || title || ' is taught in English.', true,
       timestamptz '2019-07-02 10:00+05', timestamptz '2019-07-02 10:00+05'
FROM (VALUES
    (1, 'BSCS', 'BS Computer Science', 'Computing'), (2, 'BSSE', 'BS Software Engineering', 'Computing'),
    (3, 'BSIT', 'BS Information Technology', 'Computing'), (4, 'BSDS', 'BS Data Science', 'Computing'),
    (5, 'BBA', 'BBA', 'Business'), (6, 'BSAF', 'BS Accounting and Finance', 'Business'),
    (7, 'MBA', 'MBA', 'Business'), (8, 'BSEC', 'BS Economics', 'Social Sciences'),
    (9, 'BSPSY', 'BS Psychology', 'Social Sciences'), (10, 'BSENG', 'BS English', 'Humanities'),
    (11, 'BSMATH', 'BS Mathematics', 'Sciences'), (12, 'BSPHY', 'BS Physics', 'Sciences'),
    (13, 'BSCHEM', 'BS Chemistry', 'Sciences'), (14, 'BSBIO', 'BS Biotechnology', 'Sciences'),
    (15, 'BSN', 'BS Nursing', 'Health'), (16, 'DPT', 'Doctor of Physical Therapy', 'Health'),
    (17, 'PHARMD', 'Doctor of Pharmacy', 'Health'), (18, 'BSEE', 'BS Electrical Engineering', 'Engineering'),
    (19, 'BSCE', 'BS Civil Engineering', 'Engineering'), (20, 'BSME', 'BS Mechanical Engineering', 'Engineering'),
    (21, 'TEMP', '', 'Computing')
) AS listed (n, code, title, faculty);

-- Ten courses a program, one for each hour that its groups are taught in a week.
INSERT INTO academics_course (id, program_id, code, title, credits)
SELECT (program - 1) * 10 + n, program, code || '-' || 100 + n, title, 3
FROM (SELECT id AS program, code FROM academics_program WHERE id <= 20) AS taught,
     unnest(ARRAY['Foundations', 'Methods I', 'Methods II', 'Communication', 'Ethics and Islamic Studies', 'Statistics',
         'Theory I', 'Theory II', 'Practice I', 'Practice II']) WITH ORDINALITY AS listed (title, n)
ORDER BY program, n;

INSERT INTO academics_term (id, code, title, starts_on, ends_on, is_closed, grading_closes_on)
VALUES (1, '2020-FALL', 'Fall 2020', '2020-09-07', '2021-01-15', true, '2021-02-05'),
       (2, '2021-SPRING', 'Spring 2021', '2021-02-15', '2021-06-25', true, '2021-07-16'),
       (3, '2021-FALL', 'Fall 2021', '2021-09-06', '2022-01-14', true, '2022-02-04'),
       (4, '2022-SPRING', 'Spring 2022', '2022-02-14', '2022-06-24', true, '2022-07-15'),
       (5, '2022-FALL', 'Fall 2022', '2022-09-05', '2023-01-13', true, '2023-02-03'),
       (6, '2023-SPRING', 'Spring 2023', '2023-02-13', '2023-06-23', true, '2023-07-14'),
       (7, '2023-FALL', 'Fall 2023', '2023-09-04', '2024-01-12', true, '2024-02-02'),
       (8, '2024-SPRING', 'Spring 2024', '2024-02-12', '2024-06-21', false, NULL),
       (9, '2024-SUMMER', 'Summer 2024', '2024-07-01', '2023-08-16', false, NULL);


-- Students: 20 programs, five years, five sections of 100 each --------------------------------------------------------

INSERT INTO academics_student (id, roll_number, user_id, program_id, admission_year, section, first_name, last_name,
                               father_name, national_id, date_of_birth, gender, email, phone, address, guardian_phone,
                               photo, status, created_at, updated_at)
SELECT n, format('%s-%s-%s', code, year, lpad((CASE WHEN n % 5000 = 1513 THEN n - 20 ELSE n END)::text, 6, '0')), NULL,
       CASE WHEN n % 2500 = 7 THEN NULL ELSE program END, CASE WHEN n % 3000 = 11 THEN NULL ELSE year END,
       chr(65 + (n / 100) % 5), first, last, father,
       '35202-' || lpad(pg_temp.roll(n, 10, 10000000)::text, 7, '0') || '-' || n % 10,
       date '2000-01-01' + pg_temp.roll(n, 11, 2200), CASE WHEN n % 2 = 0 THEN 'female' ELSE 'male' END,
       lower(first) || '.' || lower(last) || n || '@students.example', '+92300' || lpad(n::text, 7, '0'),
       'House ' || 1 + pg_temp.roll(n, 12, 400) || ', ' || pg_temp.pick(ARRAY['Model Town', 'Gulberg', 'Johar Town',
           'Cantt', 'Satellite Town', 'Garden Town'], n, 13),
       '+92301' || lpad(n::text, 7, '0'), '',
       CASE WHEN year = 2019 THEN 'graduated' WHEN pg_temp.roll(n, 14, 50) = 0 THEN 'left' ELSE 'active' END,
       at, at
FROM (
    SELECT n, 1 + (n - 1) % 20 AS program, 2019 + (n / 2000) % 5 AS year,
           timestamptz '2019-08-15 09:00+05' + n * interval '50 minutes' AS at,
           pg_temp.pick(ARRAY['Aiman', 'Ali', 'Amna', 'Areeba', 'Daniyal', 'Eman', 'Fahad', 'Hafsa', 'Hassan', 'Hira',
               'Iqra', 'Kashif', 'Laiba', 'Maham', 'Noor', 'Rida', 'Saad', 'Talha', 'Umar', 'Zainab'], n, 15) AS first,
           pg_temp.pick(ARRAY['Abbasi', 'Akhtar', 'Aslam', 'Bhatti', 'Dar', 'Farooq', 'Gill', 'Javed', 'Kazmi', 'Mirza',
               'Nawaz', 'Qureshi', 'Rana', 'Saleem', 'Tariq', 'Yousaf'], n, 16) AS last,
           pg_temp.pick(ARRAY['Abdul Rehman', 'Ghulam Abbas', 'Khalid Mahmood', 'Muhammad Aslam', 'Nasir Ali', 'Tahir Iqbal',
               'Zahid Hussain'], n, 17) AS father
    FROM generate_series(1, 50000) AS n
) AS person
JOIN academics_program ON academics_program.id = program
ORDER BY n;


-- Attendance: 20 marks a student, the last three of them in the running term ------------------------------------------

-- The hour of the week tells the course: ten hours, ten courses of a program.
INSERT INTO attendance_attendance (id, student_id, course_id, term_id, held_on, slot, status, remarks, recorded_at,
                                   recorded_by_id)
SELECT n, student, (program - 1) * 10 + 1 + hour, term, held_on, 1 + hour % 2,
       (ARRAY['P', 'P', 'P', 'P', 'P', 'P', 'A', 'L', 'E', 'P'])[1 + (n * 7 + student) % 10], '',
       held_on + time '16:00' AT TIME ZONE 'Asia/Karachi', 1 + student % 300
FROM (
    SELECT n, student, 1 + (student - 1) % 20 AS program, term, (student + mark) % 10 AS hour,
           monday + 7 * ((mark * 3) % 15) + ((student + mark) % 10)::integer / 2 AS held_on
    FROM (
        SELECT n, 1 + (n - 1) / 20 AS student, ((n - 1) % 20)::integer AS mark,
               CASE WHEN (n - 1) % 20 < 17 THEN 1 + ((n - 1) % 20) % 7 ELSE 8 END AS term
        FROM generate_series(1::bigint, 1000000) AS n
    ) AS numbered
    JOIN (VALUES (1, date '2020-09-07'), (2, '2021-02-15'), (3, '2021-09-06'), (4, '2022-02-14'), (5, '2022-09-05'),
        (6, '2023-02-13'), (7, '2023-09-04'), (8, '2024-02-12')) AS begun (term, monday) USING (term)
) AS marked;


-- Results: three papers in each of two terms a student ----------------------------------------------------------------

-- Every 6,000th row is the paper before it, entered again.
INSERT INTO results_result (id, student_id, course_id, term_id, marks, max_marks, grade, status, entered_at, entered_by_id,
                            published_on)
SELECT n, CASE WHEN n % 5000 = 0 THEN NULL ELSE student END,
       ((student - 1) % 20) * 10 + 1 + (paper + 3 * (term / 2)) % 10, term,
       CASE WHEN n % 7500 = 1 THEN -marks WHEN n % 10000 = 3 THEN 100 + marks ELSE marks END, 100,
       CASE WHEN marks >= 85 THEN 'A' WHEN marks >= 70 THEN 'B' WHEN marks >= 60 THEN 'C' WHEN marks >= 50 THEN 'D'
           ELSE 'F' END,
       CASE WHEN term <= 5 THEN 'final' WHEN term = 6 THEN 'published' WHEN term = 7 THEN 'approved' ELSE 'draft' END,
       timestamptz '2021-01-20 10:00+05' + (term - 1) * interval '180 days' + n % 40000 * interval '20 seconds',
       1 + n % 300,
       CASE WHEN term <= 6 THEN date '2021-02-20' + 180 * (term - 1) END
FROM (
    SELECT n, student, term, CASE WHEN n % 6000 = 2 THEN paper - 1 ELSE paper END AS paper,
           35 + pg_temp.roll(n, 20, 65) AS marks
    FROM (
        SELECT n, 1 + (n - 1) / 6 AS student, ((n - 1) % 3)::integer AS paper,
               (1 + ((n - 1) / 6) % 7 + ((n - 1) % 6) / 3)::integer AS term
        FROM generate_series(1::bigint, 300000) AS n
    ) AS numbered
) AS entered;


-- The legacy modules, and what was noted ------------------------------------------------------------------------------

INSERT INTO admissions_application (id, application_number, program_code, applicant_name, email, phone, status, submitted_at,
                                    student_id, entry_test_score)
SELECT n, 'APP-' || lpad(n::text, 7, '0'), 'BSCS', 'Applicant ' || n, 'applicant' || n || '@mail.example',
       '+92302' || lpad(n::text, 7, '0'), CASE WHEN n <= 50000 THEN 'admitted' ELSE 'rejected' END,
       timestamptz '2019-07-20 10:00+05' + n * interval '45 minutes', CASE WHEN n <= 50000 THEN n END,
       30 + pg_temp.roll(n, 30, 700) / 10.0
FROM generate_series(1, 60000) AS n;

INSERT INTO enrollment_enrollment (id, student_id, term_id, status, enrolled_at)
SELECT n, 1 + (n - 1) / 2, 7 + n % 2, 'enrolled', timestamptz '2023-08-20 10:00+05' + n * interval '1 minute'
FROM generate_series(1, 100000) AS n;

INSERT INTO assessments_assessment (id, course_id, term_id, title, max_marks, held_on)
SELECT n, n, 8, 'Class test 1', 20, date '2024-03-11' + n % 5 FROM generate_series(1, 200) AS n;

INSERT INTO assessments_score (id, assessment_id, student_id, marks)
SELECT n, ((n - 1) % 20) * 10 + 1, n, pg_temp.roll(n, 31, 21) FROM generate_series(1, 50000) AS n;

INSERT INTO requests_studentrequest (id, student_id, kind, text, status, created_at, handled_by_id)
SELECT n, 1 + (n * 7919) % 50000, pg_temp.pick(ARRAY['leave', 'section change', 'fee extension', 'certificate'], n, 32),
       'Request no. ' || n, pg_temp.pick(ARRAY['open', 'granted', 'refused'], n, 33),
       timestamptz '2020-04-01 10:00+05' + n * interval '4 hours', CASE WHEN n % 3 > 0 THEN 1 + n % 300 END
FROM generate_series(1, 8000) AS n;

INSERT INTO transcripts_transcript (id, serial_no, student_id, gpa, issued_on)
SELECT n, 'TR-' || lpad(n::text, 6, '0'), 1 + (n * 104729) % 50000, 2 + pg_temp.roll(n, 34, 200) / 100.0,
       date '2022-07-01' + (n / 10)::integer
FROM generate_series(1::bigint, 6000) AS n;

INSERT INTO audit_event (id, actor_id, action, model, object_id, changes, created_at)
SELECT n, 1 + n % 300, pg_temp.pick(ARRAY['create', 'update', 'delete'], n, 35),
       pg_temp.pick(ARRAY['academics.student', 'results.result', 'attendance.attendance'], n, 36),
       1 + pg_temp.roll(n, 37, 50000), 'status: changed', timestamptz '2020-01-10 09:00+05' + n * interval '20 minutes'
FROM generate_series(1, 100000) AS n;


DO $$
DECLARE
    command text;
BEGIN
    FOR command IN SELECT format('ALTER TABLE %s ADD CONSTRAINT %s %s', of_table, name, definition) FROM foreign_key LOOP
        EXECUTE command;
    END LOOP;
END
$$;

DROP TABLE foreign_key;


-- The rows came with their ids, so the sequences go where they would be ----------------------------------------------

DO $$
DECLARE
    of_table record;
BEGIN
    FOR of_table IN
        SELECT a.attrelid::regclass AS name, pg_get_serial_sequence(a.attrelid::regclass::text, 'id') AS sequence
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attname = 'id' AND a.attidentity <> '' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('SELECT setval(%L, max(id)) FROM %s HAVING max(id) IS NOT NULL', of_table.sequence, of_table.name);
        EXECUTE format('ANALYZE %s', of_table.name);
    END LOOP;
END
$$;
