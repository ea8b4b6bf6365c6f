DELETE FROM django_migrations WHERE app = 'transcripts' AND name = '0001_initial';
DROP TABLE transcripts_transcript;
