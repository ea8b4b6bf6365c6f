DELETE FROM django_migrations WHERE app = 'assessments' AND name = '0001_initial';
DROP TABLE assessments_score, assessments_assessment;
