-- What was mapped goes; what the application has added stays. If one of its rows points at a mapped one, its foreign key
-- stops the undo, and nothing is changed.

DROP FUNCTION mapping_students();
DROP VIEW mapping_student_verdict;

DELETE FROM students_student USING academics_student old WHERE students_student.id = old.id;

-- Batches and groups have no old row of their own: those that nobody is in any more go.
DELETE FROM academics_group WHERE NOT EXISTS (
    SELECT FROM students_student WHERE students_student.group_id = academics_group.id);
DELETE FROM academics_batch WHERE NOT EXISTS (
    SELECT FROM academics_group WHERE academics_group.batch_id = academics_batch.id);

DELETE FROM mapping_reject WHERE mapping = 'student';
DELETE FROM mapping_count WHERE mapping = 'student';
