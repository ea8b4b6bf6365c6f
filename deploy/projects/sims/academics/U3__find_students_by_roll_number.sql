DELETE FROM django_migrations
WHERE app = 'academics' AND name IN (
    '0003_student_roll_number_unique', '0004_student_roll_number_not_unique', '0005_term_grading_closes_on');
ALTER TABLE academics_term DROP COLUMN grading_closes_on;
DROP INDEX academics_student_roll_number_0c91e899_like, academics_student_roll_number_0c91e899;
