-- The student becomes a member again: the way back of V2.
--
-- Afterwards the schema is the one before V2, to the byte of a `pg_dump -s`: columns that were there are renamed, never
-- added again, and only what V2 added goes. Every row stays, whichever name it was written through, and every sequence
-- keeps its position. What cannot stay are the values of `student_number` and `enrollment_status`: Belay keeps them in
-- `belay_salvage`.
--
-- One transaction, in the reverse order of V2. It rewrites nothing, so it takes milliseconds.


-- 1. The views, then all other locks --------------------------------------------------------------------------------

-- A query through a view locks the view before its table, and so does this: ACCESS EXCLUSIVE on the three views.
DROP VIEW constituents_bmparliamentmember_programs;
DROP VIEW constituents_bmparliamentmember;
DROP VIEW constituents_student_active;

-- ACCESS EXCLUSIVE on the six tables, in the order of V2. If one is busy for longer than lock_timeout, the views are
-- back at once and another try costs nothing.
LOCK TABLE
    unified_db_personlink,
    referrals_referral,
    services_serviceapplication,
    documents_memberdocument,
    constituents_student_programs,
    constituents_student
    IN ACCESS EXCLUSIVE MODE;


-- 2. The dependants: only the old column, under its old name ---------------------------------------------------------

-- The column that goes is V2's copy; its index, its checks and its unique key go with it. `student_id` is the original.

-- documents_memberdocument
DROP TRIGGER documents_memberdocument_sync_member_id ON documents_memberdocument;
ALTER TABLE documents_memberdocument DROP COLUMN member_id;

ALTER INDEX documents_memberdocument_student_id_0b740062 RENAME TO documents_memberdocument_member_id_3cd23f86;
ALTER TABLE documents_memberdocument RENAME CONSTRAINT documents_memberdocu_student_id_0b740062_fk_constitue
    TO documents_memberdocu_member_id_3cd23f86_fk_constitue;
ALTER TABLE documents_memberdocument RENAME CONSTRAINT documents_memberdocument_student_id_document_type_defe2e6a_uniq
    TO documents_memberdocument_member_id_document_type_a952a814_uniq;
ALTER TABLE documents_memberdocument RENAME COLUMN student_id TO member_id;

-- services_serviceapplication
DROP TRIGGER services_serviceapplication_sync_member_id ON services_serviceapplication;
ALTER TABLE services_serviceapplication DROP COLUMN member_id;

ALTER INDEX services_serviceapplication_student_id_6815a0a3 RENAME TO services_serviceapplication_member_id_69d6f438;
ALTER TABLE services_serviceapplication RENAME CONSTRAINT services_serviceappl_student_id_6815a0a3_fk_constitue
    TO services_serviceappl_member_id_69d6f438_fk_constitue;
ALTER TABLE services_serviceapplication RENAME COLUMN student_id TO member_id;

-- referrals_referral
DROP TRIGGER referrals_referral_sync_member_id ON referrals_referral;
ALTER TABLE referrals_referral DROP COLUMN member_id;

ALTER INDEX referrals_referral_student_id_44b86dc9 RENAME TO referrals_referral_member_id_ea1af74c;
ALTER TABLE referrals_referral RENAME CONSTRAINT referrals_referral_student_id_44b86dc9_fk_constitue
    TO referrals_referral_member_id_ea1af74c_fk_constitue;
ALTER TABLE referrals_referral RENAME COLUMN student_id TO member_id;

-- unified_db_personlink
DROP TRIGGER unified_db_personlink_sync_bm_parliament_member_id ON unified_db_personlink;
ALTER TABLE unified_db_personlink DROP COLUMN bm_parliament_member_id;

ALTER TABLE unified_db_personlink RENAME CONSTRAINT unified_db_personlin_student_id_651c949b_fk_constitue
    TO unified_db_personlin_bm_parliament_member_61f04029_fk_constitue;
ALTER TABLE unified_db_personlink RENAME CONSTRAINT unified_db_personlink_student_id_key
    TO unified_db_personlink_bm_parliament_member_id_key;
ALTER TABLE unified_db_personlink RENAME COLUMN student_id TO bm_parliament_member_id;

DROP FUNCTION constituents_student_sync_bm_parliament_member_id();
DROP FUNCTION constituents_student_sync_member_id();


-- 3. The link table to programs --------------------------------------------------------------------------------------

ALTER INDEX constituents_student_programs_program_id_666ec86e
    RENAME TO constituents_bmparliamentmember_programs_program_id_36352b11;
ALTER INDEX constituents_student_programs_student_id_84159c90
    RENAME TO constituents_bmparliamentm_bmparliamentmember_id_f0f4a4c9;

ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_student_program_id_666ec86e_fk_constitue
    TO constituents_bmparli_program_id_36352b11_fk_constitue;
ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_student_student_id_84159c90_fk_constitue
    TO constituents_bmparli_bmparliamentmember_i_f0f4a4c9_fk_constitue;
ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_student_pro_student_id_program_id_b2858439_uniq
    TO constituents_bmparliamen_bmparliamentmember_id_pr_74bb8b1f_uniq;
ALTER TABLE constituents_student_programs RENAME CONSTRAINT constituents_student_programs_pkey
    TO constituents_bmparliamentmember_programs_pkey;

-- The sequence is locked here, for itself.
ALTER SEQUENCE constituents_student_programs_id_seq RENAME TO constituents_bmparliamentmember_programs_id_seq;
ALTER TABLE constituents_student_programs RENAME COLUMN student_id TO bmparliamentmember_id;
ALTER TABLE constituents_student_programs RENAME TO constituents_bmparliamentmember_programs;


-- 4. The core table: without the new columns -------------------------------------------------------------------------

DROP TRIGGER constituents_student_set_number ON constituents_student;
DROP FUNCTION constituents_student_set_number();

ALTER TABLE constituents_student
    DROP COLUMN enrollment_status,
    DROP COLUMN student_number;

DROP FUNCTION constituents_student_number(bigint);


-- 5. The core table: old names ---------------------------------------------------------------------------------------

COMMENT ON TABLE constituents_student IS 'A constituent who applied for membership: one row a person.';

ALTER TRIGGER constituents_student_set_updated_at ON constituents_student
    RENAME TO constituents_bmparliamentmember_set_updated_at;

ALTER INDEX student_pending_queue_idx
    RENAME TO bmpm_pending_queue_idx;
ALTER INDEX constituents_student_chapter_assigned_by_id_34aa8f64
    RENAME TO constituents_bmparliamentmember_chapter_assigned_by_id_b0c1ba85;
ALTER INDEX constituents_student_assigned_chapter_id_31cdbd89
    RENAME TO constituents_bmparliamentmember_assigned_chapter_id_626af655;
ALTER INDEX constituents_student_denied_by_id_85c5e623
    RENAME TO constituents_bmparliamentmember_denied_by_id_55b4fdd7;
ALTER INDEX constituents_student_approved_by_id_1eb1a212
    RENAME TO constituents_bmparliamentmember_approved_by_id_fa16f069;
ALTER INDEX constituents_student_status_9d666247_like
    RENAME TO constituents_bmparliamentmember_status_cb2c3bf0_like;
ALTER INDEX constituents_student_status_9d666247
    RENAME TO constituents_bmparliamentmember_status_cb2c3bf0;
ALTER INDEX constituents_student_member_id_17b49340_like
    RENAME TO constituents_bmparliamentmember_member_id_7b9e5c36_like;
ALTER INDEX constituents_student_last_name_674736cf_like
    RENAME TO constituents_bmparliamentmember_last_name_b35faaac_like;
ALTER INDEX constituents_student_last_name_674736cf
    RENAME TO constituents_bmparliamentmember_last_name_b35faaac;

ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_chapter_assigned_by__34aa8f64_fk_auth_user
    TO constituents_bmparli_chapter_assigned_by__b0c1ba85_fk_auth_user;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_assigned_chapter_id_31cdbd89_fk_chapters_
    TO constituents_bmparli_assigned_chapter_id_626af655_fk_chapters_;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_denied_by_id_85c5e623_fk_auth_user_id
    TO constituents_bmparli_denied_by_id_55b4fdd7_fk_auth_user;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_approved_by_id_1eb1a212_fk_auth_user_id
    TO constituents_bmparli_approved_by_id_fa16f069_fk_auth_user;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_user_id_39a293c8_fk_auth_user_id
    TO constituents_bmparli_user_id_1ec8e688_fk_auth_user;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_age_check
    TO constituents_bmparliamentmember_age_check;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_member_id_key
    TO constituents_bmparliamentmember_member_id_key;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_user_id_key
    TO constituents_bmparliamentmember_user_id_key;
ALTER TABLE constituents_student RENAME CONSTRAINT constituents_student_pkey
    TO constituents_bmparliamentmember_pkey;

ALTER SEQUENCE constituents_student_id_seq RENAME TO constituents_bmparliamentmember_id_seq;
ALTER TABLE constituents_student RENAME TO constituents_bmparliamentmember;

-- PostgreSQL reads the body when it stores it, so the old name has to be there again.
CREATE OR REPLACE FUNCTION chapters_active_members(chapter bigint) RETURNS bigint
    LANGUAGE sql STABLE
AS $$
    SELECT count(*)
    FROM constituents_bmparliamentmember
    WHERE assigned_chapter_id = chapter AND status = 'approved';
$$;


-- 6. Django's bookkeeping --------------------------------------------------------------------------------------------

-- Old code that missed its content type meanwhile has made a new one, as Django does, with permissions. These twins
-- give way to the originals; if anything was granted through them, its foreign key stops the undo here.
DELETE FROM auth_permission
WHERE content_type_id = (
    SELECT id FROM django_content_type WHERE app_label = 'constituents' AND model = 'bmparliamentmember');

DELETE FROM django_content_type
WHERE app_label = 'constituents' AND model = 'bmparliamentmember';

UPDATE django_content_type
SET model = 'bmparliamentmember'
WHERE app_label = 'constituents' AND model = 'student';

UPDATE auth_permission
SET codename = replace(codename, '_student', '_bmparliamentmember'),
    name = replace(name, 'student', 'bm parliament member')
WHERE codename LIKE '%\_student'
  AND content_type_id = (
      SELECT id FROM django_content_type WHERE app_label = 'constituents' AND model = 'bmparliamentmember');

-- The sequence goes back by the one id that V2 took, unless another migration was recorded since. setval() does not wait
-- for the commit: hence after a check of all that the commit would check, and last.
SET CONSTRAINTS ALL IMMEDIATE;

WITH undone AS (
    DELETE FROM django_migrations
    WHERE app = 'constituents' AND name = '0007_rename_bmparliamentmember_student'
    RETURNING id
)
SELECT setval('django_migrations_id_seq', undone.id - 1)
FROM undone, django_migrations_id_seq sequence
WHERE sequence.last_value = undone.id;
