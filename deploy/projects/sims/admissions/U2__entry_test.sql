ALTER TABLE admissions_application DROP COLUMN entry_test_score;
