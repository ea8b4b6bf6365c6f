DELETE FROM django_migrations WHERE app = 'students';
SELECT django_forget_models('students', 'student');
DROP TABLE students_student;
