DROP TABLE transcripts_transcript;
