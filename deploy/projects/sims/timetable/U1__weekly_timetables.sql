DELETE FROM django_migrations WHERE app = 'timetable';
SELECT django_forget_models('timetable', 'weeklytimetable', 'timetableentry');
DROP TABLE timetable_timetableentry, timetable_weeklytimetable;
