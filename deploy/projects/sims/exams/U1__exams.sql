DELETE FROM django_migrations WHERE app = 'exams';
SELECT django_forget_models('exams', 'exam', 'examcomponent');
DROP TABLE exams_examcomponent, exams_exam;
