-- What was mapped goes; what the application has added stays. If one of its rows points at a mapped one, its foreign key
-- stops the undo, and nothing is changed.

DROP FUNCTION mapping_periods();
DROP FUNCTION mapping_programs();
DROP VIEW mapping_period_verdict, mapping_program_verdict;

DELETE FROM academics_academicperiod USING academics_term old WHERE academics_academicperiod.id = old.id;
DELETE FROM academics_program USING legacy.academics_program old WHERE academics_program.id = old.id;
DELETE FROM academics_department USING legacy.academics_program old WHERE academics_department.name = old.faculty;
DELETE FROM mapping_reject WHERE mapping IN ('program', 'period');
DELETE FROM mapping_count WHERE mapping IN ('program', 'period');
