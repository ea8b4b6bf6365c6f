DROP TABLE requests_studentrequest;
