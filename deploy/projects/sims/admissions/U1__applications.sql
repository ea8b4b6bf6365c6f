DROP TABLE admissions_application;
