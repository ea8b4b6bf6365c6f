-- What was mapped goes, frozen or not; what the application has added stays, with the exams that it uses. The guards of the
-- tables are off meanwhile, under SHARE ROW EXCLUSIVE.

DROP FUNCTION mapping_results();

ALTER TABLE results_resultheader DISABLE TRIGGER results_resultheader_guard;
ALTER TABLE results_resultcomponententry DISABLE TRIGGER results_resultcomponententry_guard;

SET CONSTRAINTS ALL IMMEDIATE;

WITH mapped AS (
    SELECT DISTINCT result_header_id FROM results_resultcomponententry JOIN results_result USING (id)
), gone AS (
    DELETE FROM results_resultcomponententry entry USING results_result old WHERE entry.id = old.id
)
DELETE FROM results_resultheader header USING mapped WHERE header.id = mapped.result_header_id;

DELETE FROM exams_examcomponent component
WHERE NOT EXISTS (SELECT FROM results_resultcomponententry WHERE exam_component_id = component.id)
  AND EXISTS (SELECT FROM exams_exam WHERE exams_exam.id = exam_id AND title = 'Final examination');
DELETE FROM exams_exam exam
WHERE title = 'Final examination'
  AND NOT EXISTS (SELECT FROM exams_examcomponent WHERE exam_id = exam.id)
  AND NOT EXISTS (SELECT FROM results_resultheader WHERE exam_id = exam.id);

ALTER TABLE results_resultcomponententry ENABLE TRIGGER results_resultcomponententry_guard;
ALTER TABLE results_resultheader ENABLE TRIGGER results_resultheader_guard;

DELETE FROM mapping_reject WHERE mapping = 'result';
DELETE FROM mapping_count WHERE mapping = 'result';
