DROP TABLE assessments_score, assessments_assessment;
