DROP TABLE enrollment_enrollment;
