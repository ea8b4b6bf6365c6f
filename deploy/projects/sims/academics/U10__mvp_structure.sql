-- Back to the old structure. What was written to the new tables goes with them; Belay keeps a copy in belay_salvage.

SELECT django_restore_history('academics');
SELECT django_forget_models('academics', 'department', 'batch', 'group', 'academicperiod');

DROP TABLE academics_academicperiod, academics_group, academics_batch, academics_program, academics_department;

ALTER TABLE legacy.academics_program SET SCHEMA public;
