DROP TABLE results_result;
