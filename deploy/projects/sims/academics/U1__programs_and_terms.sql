DELETE FROM django_migrations WHERE app = 'academics' AND name = '0001_initial';
DROP TABLE academics_course, academics_term, academics_program;
