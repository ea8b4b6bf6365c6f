-- The member becomes a student.
--
-- New code finds `constituents_student`, `constituents_student_programs` and `student_id`. Old code finds everything
-- under its old name, to read and to write, until a later migration takes the old names away:
--
--   old table       a view over the new one; PostgreSQL passes INSERT, UPDATE, DELETE, RETURNING and ON CONFLICT on
--   old link table  the same, with its old column name
--   old FK column   a column of its own beside `student_id`; a trigger keeps the two equal
--
-- What a view cannot do for old code: TRUNCATE, COPY without a query, ON CONFLICT ON CONSTRAINT, MERGE, new foreign keys
-- to it, and GROUP BY id alone with other columns selected (a view has no primary key to group by; Django's annotate()
-- writes that). The old sequence and the old permission codenames are gone: nothing stands in for them.
--
-- One transaction. Section 1 takes every ACCESS EXCLUSIVE lock that holds up an application, and they last until the
-- commit. After it: catalog changes of a millisecond, one pass over each table that gets a column, the new indexes.


-- 1. Locks: all of them first ----------------------------------------------------------------------------------------

-- ACCESS EXCLUSIVE on all six tables. If one is busy for longer than lock_timeout, nothing was done yet and another try
-- costs nothing. The order is that of an application, which writes a dependant and has its member checked after that:
-- the other way round would invite deadlocks.
LOCK TABLE
    unified_db_personlink,
    referrals_referral,
    services_serviceapplication,
    documents_memberdocument,
    constituents_bmparliamentmember_programs,
    constituents_bmparliamentmember
    IN ACCESS EXCLUSIVE MODE;


-- 2. The core table: new names ---------------------------------------------------------------------------------------

-- ACCESS EXCLUSIVE, held since section 1, for each ALTER TABLE of this file. The sequence is locked here, for itself.
ALTER TABLE constituents_bmparliamentmember RENAME TO constituents_student;
ALTER SEQUENCE constituents_bmparliamentmember_id_seq RENAME TO constituents_student_id_seq;

ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparliamentmember_pkey
    TO constituents_student_pkey;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparliamentmember_user_id_key
    TO constituents_student_user_id_key;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparliamentmember_member_id_key
    TO constituents_student_member_id_key;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparliamentmember_age_check
    TO constituents_student_age_check;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparli_user_id_1ec8e688_fk_auth_user
    TO constituents_student_user_id_39a293c8_fk_auth_user_id;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparli_approved_by_id_fa16f069_fk_auth_user
    TO constituents_student_approved_by_id_1eb1a212_fk_auth_user_id;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparli_denied_by_id_55b4fdd7_fk_auth_user
    TO constituents_student_denied_by_id_85c5e623_fk_auth_user_id;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparli_assigned_chapter_id_626af655_fk_chapters_
    TO constituents_student_assigned_chapter_id_31cdbd89_fk_chapters_;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_bmparli_chapter_assigned_by__b0c1ba85_fk_auth_user
    TO constituents_student_chapter_assigned_by__34aa8f64_fk_auth_user;

-- An index is renamed under SHARE UPDATE EXCLUSIVE.
ALTER INDEX constituents_bmparliamentmember_last_name_b35faaac
    RENAME TO constituents_student_last_name_674736cf;
ALTER INDEX constituents_bmparliamentmember_last_name_b35faaac_like
    RENAME TO constituents_student_last_name_674736cf_like;
ALTER INDEX constituents_bmparliamentmember_member_id_7b9e5c36_like
    RENAME TO constituents_student_member_id_17b49340_like;
ALTER INDEX constituents_bmparliamentmember_status_cb2c3bf0
    RENAME TO constituents_student_status_9d666247;
ALTER INDEX constituents_bmparliamentmember_status_cb2c3bf0_like
    RENAME TO constituents_student_status_9d666247_like;
ALTER INDEX constituents_bmparliamentmember_approved_by_id_fa16f069
    RENAME TO constituents_student_approved_by_id_1eb1a212;
ALTER INDEX constituents_bmparliamentmember_denied_by_id_55b4fdd7
    RENAME TO constituents_student_denied_by_id_85c5e623;
ALTER INDEX constituents_bmparliamentmember_assigned_chapter_id_626af655
    RENAME TO constituents_student_assigned_chapter_id_31cdbd89;
ALTER INDEX constituents_bmparliamentmember_chapter_assigned_by_id_b0c1ba85
    RENAME TO constituents_student_chapter_assigned_by_id_34aa8f64;
ALTER INDEX bmpm_pending_queue_idx
    RENAME TO student_pending_queue_idx;

ALTER TRIGGER constituents_bmparliamentmember_set_updated_at ON constituents_student
    RENAME TO constituents_student_set_updated_at;

COMMENT ON TABLE constituents_student IS 'A student of the madrasah system: one row a person.';


-- 3. The core table: new columns -------------------------------------------------------------------------------------

-- A number that depends on the id alone: the same after a way back and a second way forward.
CREATE FUNCTION constituents_student_number(id bigint) RETURNS varchar
    LANGUAGE sql IMMUTABLE STRICT
AS $$
    SELECT 'STU-' || lpad(id::text, greatest(length(id::text), 7), '0');
$$;

COMMENT ON FUNCTION constituents_student_number(bigint) IS 'The student number that goes with an id, such as STU-0000123.';

-- Filled as a generated column, which one pass over the table does; an UPDATE would write every row and index entry a
-- second time and fire set_updated_at. Once filled, it becomes an ordinary column that a registrar may change. Beware:
-- to a REPEATABLE READ transaction that began earlier, a table that was written anew looks empty.
ALTER TABLE constituents_student
    ADD COLUMN student_number varchar(20) NOT NULL UNIQUE
        GENERATED ALWAYS AS (constituents_student_number(id)) STORED,
    ADD COLUMN enrollment_status varchar(20) NOT NULL DEFAULT 'not_enrolled'
        CHECK (enrollment_status IN ('not_enrolled', 'enrolled', 'on_leave', 'graduated', 'withdrawn'));
ALTER TABLE constituents_student ALTER COLUMN student_number DROP EXPRESSION;

CREATE INDEX constituents_student_student_number_3e34c8a1_like
    ON constituents_student (student_number varchar_pattern_ops);

COMMENT ON COLUMN constituents_student.student_number IS
    'Given to every new row that brings none; see constituents_student_number().';
COMMENT ON COLUMN constituents_student.enrollment_status IS
    'Nobody is enrolled by a rename: the registrar decides.';

CREATE FUNCTION constituents_student_set_number() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    NEW.student_number := constituents_student_number(NEW.id);
    RETURN NEW;
END;
$$;

-- On the table, so that it serves the old name as well.
CREATE TRIGGER constituents_student_set_number
    BEFORE INSERT ON constituents_student
    FOR EACH ROW WHEN (NEW.student_number IS NULL)
    EXECUTE FUNCTION constituents_student_set_number();


-- 4. The link table to programs --------------------------------------------------------------------------------------

ALTER TABLE constituents_bmparliamentmember_programs RENAME TO constituents_student_programs;
ALTER TABLE constituents_student_programs RENAME COLUMN bmparliamentmember_id TO student_id;
ALTER SEQUENCE constituents_bmparliamentmember_programs_id_seq RENAME TO constituents_student_programs_id_seq;

ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_bmparliamentmember_programs_pkey
    TO constituents_student_programs_pkey;
ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_bmparliamen_bmparliamentmember_id_pr_74bb8b1f_uniq
    TO constituents_student_pro_student_id_program_id_b2858439_uniq;
ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_bmparli_bmparliamentmember_i_f0f4a4c9_fk_constitue
    TO constituents_student_student_id_84159c90_fk_constitue;
ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_bmparli_program_id_36352b11_fk_constitue
    TO constituents_student_program_id_666ec86e_fk_constitue;

ALTER INDEX constituents_bmparliamentm_bmparliamentmember_id_f0f4a4c9
    RENAME TO constituents_student_programs_student_id_84159c90;
ALTER INDEX constituents_bmparliamentmember_programs_program_id_36352b11
    RENAME TO constituents_student_programs_program_id_666ec86e;


-- 5. The dependants: `student_id`, with the old column beside it -----------------------------------------------------

-- The rule of both triggers: on INSERT either column will do; on UPDATE the one that changed wins. A statement that sets
-- the two to different students breaks the CHECK, and is refused rather than guessed at.

CREATE FUNCTION constituents_student_sync_member_id() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.student_id := coalesce(NEW.student_id, NEW.member_id);
        NEW.member_id := coalesce(NEW.member_id, NEW.student_id);
    ELSIF NEW.student_id IS NOT DISTINCT FROM OLD.student_id THEN
        NEW.student_id := NEW.member_id;
    ELSIF NEW.member_id IS NOT DISTINCT FROM OLD.member_id THEN
        NEW.member_id := NEW.student_id;
    END IF;
    RETURN NEW;
END;
$$;

CREATE FUNCTION constituents_student_sync_bm_parliament_member_id() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.student_id := coalesce(NEW.student_id, NEW.bm_parliament_member_id);
        NEW.bm_parliament_member_id := coalesce(NEW.bm_parliament_member_id, NEW.student_id);
    ELSIF NEW.student_id IS NOT DISTINCT FROM OLD.student_id THEN
        NEW.student_id := NEW.bm_parliament_member_id;
    ELSIF NEW.bm_parliament_member_id IS NOT DISTINCT FROM OLD.bm_parliament_member_id THEN
        NEW.bm_parliament_member_id := NEW.student_id;
    END IF;
    RETURN NEW;
END;
$$;

-- Four times the same steps: rename; add the old column, filled in one pass as student_number was; index it under the
-- name that the rename left free; keep it equal. The old column needs no foreign key: `student_id` has it.

-- unified_db_personlink
ALTER TABLE unified_db_personlink RENAME COLUMN bm_parliament_member_id TO student_id;
ALTER TABLE unified_db_personlink RENAME CONSTRAINT unified_db_personlink_bm_parliament_member_id_key
    TO unified_db_personlink_student_id_key;
ALTER TABLE unified_db_personlink RENAME CONSTRAINT unified_db_personlin_bm_parliament_member_61f04029_fk_constitue
    TO unified_db_personlin_student_id_651c949b_fk_constitue;

ALTER TABLE unified_db_personlink
    ADD COLUMN bm_parliament_member_id bigint UNIQUE GENERATED ALWAYS AS (student_id) STORED,
    ADD CONSTRAINT unified_db_personlink_bm_parliament_member_id_check
        CHECK (bm_parliament_member_id IS NOT DISTINCT FROM student_id);
ALTER TABLE unified_db_personlink ALTER COLUMN bm_parliament_member_id DROP EXPRESSION;
COMMENT ON COLUMN unified_db_personlink.bm_parliament_member_id IS 'The old name of student_id, kept equal by a trigger.';

CREATE TRIGGER unified_db_personlink_sync_bm_parliament_member_id
    BEFORE INSERT OR UPDATE OF student_id, bm_parliament_member_id ON unified_db_personlink
    FOR EACH ROW EXECUTE FUNCTION constituents_student_sync_bm_parliament_member_id();

-- referrals_referral
ALTER TABLE referrals_referral RENAME COLUMN member_id TO student_id;
ALTER TABLE referrals_referral RENAME CONSTRAINT referrals_referral_member_id_ea1af74c_fk_constitue
    TO referrals_referral_student_id_44b86dc9_fk_constitue;
ALTER INDEX referrals_referral_member_id_ea1af74c RENAME TO referrals_referral_student_id_44b86dc9;

ALTER TABLE referrals_referral
    ADD COLUMN member_id bigint GENERATED ALWAYS AS (student_id) STORED,
    ADD CONSTRAINT referrals_referral_member_id_check CHECK (member_id IS NOT DISTINCT FROM student_id);
ALTER TABLE referrals_referral ALTER COLUMN member_id DROP EXPRESSION;
CREATE INDEX referrals_referral_member_id_ea1af74c ON referrals_referral (member_id);
COMMENT ON COLUMN referrals_referral.member_id IS 'The old name of student_id, kept equal by a trigger.';

CREATE TRIGGER referrals_referral_sync_member_id
    BEFORE INSERT OR UPDATE OF student_id, member_id ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION constituents_student_sync_member_id();

-- services_serviceapplication
ALTER TABLE services_serviceapplication RENAME COLUMN member_id TO student_id;
ALTER TABLE services_serviceapplication RENAME CONSTRAINT services_serviceappl_member_id_69d6f438_fk_constitue
    TO services_serviceappl_student_id_6815a0a3_fk_constitue;
ALTER INDEX services_serviceapplication_member_id_69d6f438 RENAME TO services_serviceapplication_student_id_6815a0a3;

ALTER TABLE services_serviceapplication
    ADD COLUMN member_id bigint GENERATED ALWAYS AS (student_id) STORED,
    ADD CONSTRAINT services_serviceapplication_member_id_check CHECK (member_id IS NOT DISTINCT FROM student_id);
ALTER TABLE services_serviceapplication ALTER COLUMN member_id DROP EXPRESSION;
CREATE INDEX services_serviceapplication_member_id_69d6f438 ON services_serviceapplication (member_id);
COMMENT ON COLUMN services_serviceapplication.member_id IS 'The old name of student_id, kept equal by a trigger.';

CREATE TRIGGER services_serviceapplication_sync_member_id
    BEFORE INSERT OR UPDATE OF student_id, member_id ON services_serviceapplication
    FOR EACH ROW EXECUTE FUNCTION constituents_student_sync_member_id();

-- documents_memberdocument; the unique key of the old column is its index, and lets old code say ON CONFLICT
ALTER TABLE documents_memberdocument RENAME COLUMN member_id TO student_id;
ALTER TABLE documents_memberdocument RENAME CONSTRAINT documents_memberdocument_member_id_document_type_a952a814_uniq
    TO documents_memberdocument_student_id_document_type_defe2e6a_uniq;
ALTER TABLE documents_memberdocument RENAME CONSTRAINT documents_memberdocu_member_id_3cd23f86_fk_constitue
    TO documents_memberdocu_student_id_0b740062_fk_constitue;
ALTER INDEX documents_memberdocument_member_id_3cd23f86 RENAME TO documents_memberdocument_student_id_0b740062;

ALTER TABLE documents_memberdocument
    ADD COLUMN member_id bigint GENERATED ALWAYS AS (student_id) STORED,
    ADD CONSTRAINT documents_memberdocument_member_id_document_type_a952a814_uniq UNIQUE (member_id, document_type),
    ADD CONSTRAINT documents_memberdocument_member_id_check CHECK (member_id IS NOT DISTINCT FROM student_id);
ALTER TABLE documents_memberdocument ALTER COLUMN member_id DROP EXPRESSION;
COMMENT ON COLUMN documents_memberdocument.member_id IS 'The old name of student_id, kept equal by a trigger.';

CREATE TRIGGER documents_memberdocument_sync_member_id
    BEFORE INSERT OR UPDATE OF student_id, member_id ON documents_memberdocument
    FOR EACH ROW EXECUTE FUNCTION constituents_student_sync_member_id();


-- 6. Objects that depend on the table --------------------------------------------------------------------------------

-- Only the text of the body: PostgreSQL renames the table everywhere but there.
CREATE OR REPLACE FUNCTION chapters_active_members(chapter bigint) RETURNS bigint
    LANGUAGE sql STABLE
AS $$
    SELECT count(*)
    FROM constituents_student
    WHERE assigned_chapter_id = chapter AND status = 'approved';
$$;

-- The report server's old view follows the renamed table by itself and keeps its name; new reports have their own.
CREATE VIEW constituents_student_active AS
SELECT s.id,
       s.student_number,
       s.enrollment_status,
       s.member_id,
       s.last_name,
       s.first_name,
       s.middle_name,
       s.address_municipality,
       s.address_province,
       c.name AS chapter,
       s.approved_date
FROM constituents_student s
LEFT JOIN chapters_chapter c ON c.id = s.assigned_chapter_id
WHERE s.status = 'approved';

COMMENT ON VIEW constituents_student_active IS 'Approved students with their chapter, for the report server.';


-- 7. The old names ---------------------------------------------------------------------------------------------------

-- Plain columns of one table and nothing else: that is what makes a view updatable without any trigger. The columns and
-- their order are those of the old table. A view works with its owner's rights on the table; where other roles had been
-- granted the old table, they keep that on the new one and need the same GRANT on the view here.
CREATE VIEW constituents_bmparliamentmember AS
SELECT id, user_id, date_of_application, last_name, first_name, middle_name, contact_number, email, age, sex, member_id,
       address_barangay, address_municipality, address_province,
       voter_address_barangay, voter_address_municipality, voter_address_province,
       sector, highest_education, school_graduated, eligibility, college_school, year_level,
       pwd_disability_type, cancer_patient, dialysis_patient, voter_id_photo,
       status, approved_date, approved_by_id, denied_date, denied_by_id, denial_reason,
       assigned_chapter_id, chapter_assigned_date, chapter_assigned_by_id, created_at, updated_at
FROM constituents_student;

COMMENT ON VIEW constituents_bmparliamentmember IS
    'The old name of constituents_student, for code that was not deployed yet.';

CREATE VIEW constituents_bmparliamentmember_programs AS
SELECT id, student_id AS bmparliamentmember_id, program_id
FROM constituents_student_programs;

COMMENT ON VIEW constituents_bmparliamentmember_programs IS
    'The old name of constituents_student_programs, for code that was not deployed yet.';


-- 8. Django's bookkeeping --------------------------------------------------------------------------------------------

-- The rows keep their ids, so what points at them (grants of groups, the admin's log) stays true.
UPDATE auth_permission
SET codename = replace(codename, '_bmparliamentmember', '_student'),
    name = replace(name, 'bm parliament member', 'student')
WHERE codename LIKE '%\_bmparliamentmember'
  AND content_type_id = (
      SELECT id FROM django_content_type WHERE app_label = 'constituents' AND model = 'bmparliamentmember');

UPDATE django_content_type
SET model = 'student'
WHERE app_label = 'constituents' AND model = 'bmparliamentmember';

-- So that `manage.py migrate` of the new release finds this step done.
INSERT INTO django_migrations (app, name, applied)
VALUES ('constituents', '0007_rename_bmparliamentmember_student', now());


-- 9. Statistics ------------------------------------------------------------------------------------------------------

-- Autovacuum does not count a new column as a change, so the planner would stay blind to these.
ANALYZE
    constituents_student (student_number, enrollment_status),
    unified_db_personlink (bm_parliament_member_id),
    referrals_referral (member_id),
    services_serviceapplication (member_id),
    documents_memberdocument (member_id);
