-- Results written since go with their tables; Belay keeps a copy in belay_salvage.

SELECT django_restore_history('results');
SELECT django_forget_models('results', 'resultheader', 'resultcomponententry');
DROP TABLE results_resultcomponententry, results_resultheader;
DROP FUNCTION results_no_truncate();
DROP FUNCTION results_resultcomponententry_guard();
DROP FUNCTION results_resultheader_guard();
