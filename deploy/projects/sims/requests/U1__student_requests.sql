DELETE FROM django_migrations WHERE app = 'requests' AND name = '0001_initial';
DROP TABLE requests_studentrequest;
