DELETE FROM django_migrations WHERE app = 'enrollment' AND name = '0001_initial';
DROP TABLE enrollment_enrollment;
