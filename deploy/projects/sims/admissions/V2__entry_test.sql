ALTER TABLE admissions_application ADD COLUMN entry_test_score numeric(5, 2);
