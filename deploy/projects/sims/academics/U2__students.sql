DELETE FROM django_migrations WHERE app = 'academics' AND name = '0002_student';
DROP TABLE academics_student;
