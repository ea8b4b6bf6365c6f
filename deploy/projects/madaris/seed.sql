-- Demo data: a portal with 120,000 members, five years old.
--
-- Everything is computed from the number of the row, so every load is the same, row by row: no clock, no random(), and
-- no day arithmetic that depends on the session's time zone. Not a migration: load it after V1, with any client.


-- A die with so many sides: the same throw for the same row and salt, always.
CREATE FUNCTION pg_temp.roll(n bigint, salt integer, sides integer) RETURNS integer
    LANGUAGE sql IMMUTABLE
AS $$ SELECT (hashint8extended(n, salt) & 2147483647)::integer % sides $$;

CREATE FUNCTION pg_temp.pick(words text[], n bigint, salt integer) RETURNS text
    LANGUAGE sql IMMUTABLE
AS $$ SELECT words[1 + pg_temp.roll(n, salt, cardinality(words))] $$;


-- Chapters: the region, its provinces, their municipalities ----------------------------------------------------------

CREATE TEMPORARY TABLE province AS
SELECT position, name, municipalities
FROM (VALUES
    (1, 'Lanao del Sur', ARRAY['Marawi City', 'Bacolod-Kalawi', 'Balabagan', 'Balindong', 'Bayang', 'Binidayan', 'Bubong',
        'Butig', 'Calanogas', 'Ganassi', 'Kapatagan', 'Lumba-Bayabao', 'Malabang', 'Marantao', 'Masiu', 'Mulondo',
        'Pagayawan', 'Piagapo', 'Picong', 'Saguiaran', 'Tamparan', 'Taraka', 'Tubaran', 'Tugaya', 'Wao']),
    (2, 'Maguindanao del Norte', ARRAY['Datu Odin Sinsuat', 'Barira', 'Buldon', 'Datu Blah T. Sinsuat', 'Kabuntalan',
        'Matanog', 'Northern Kabuntalan', 'Parang', 'Sultan Kudarat', 'Sultan Mastura', 'Talitay', 'Upi']),
    (3, 'Maguindanao del Sur', ARRAY['Buluan', 'Ampatuan', 'Datu Abdullah Sangki', 'Datu Paglas', 'Datu Piang',
        'Datu Unsay', 'Gen. S. K. Pendatun', 'Guindulungan', 'Mamasapano', 'Mangudadatu', 'Pagalungan', 'Paglat',
        'Pandag', 'Rajah Buayan', 'Shariff Aguak', 'South Upi', 'Sultan sa Barongis', 'Talayan']),
    (4, 'Basilan', ARRAY['Lamitan City', 'Akbar', 'Al-Barka', 'Hadji Mohammad Ajul', 'Lantawan', 'Maluso', 'Sumisip',
        'Tipo-Tipo', 'Tuburan', 'Ungkaya Pukan']),
    (5, 'Sulu', ARRAY['Jolo', 'Indanan', 'Luuk', 'Maimbung', 'Parang', 'Patikul', 'Siasi', 'Talipao']),
    (6, 'Tawi-Tawi', ARRAY['Bongao', 'Languyan', 'Mapun', 'Panglima Sugala', 'Sapa-Sapa', 'Simunul', 'Sitangkai',
        'South Ubian', 'Tandubas']),
    (7, 'Cotabato City', ARRAY['Cotabato City']),
    (8, 'Special Geographic Area', ARRAY['Pahamuddin', 'Kadayangan', 'Nabalawag', 'Old Kaabakan', 'Kapalawan',
        'Malidegao', 'Tugunan', 'Ligawasan'])
) AS listed (position, name, municipalities);

INSERT INTO chapters_chapter (id, name, chapter_type, province, municipality, contact_number, is_active, established_on,
                              created_at, updated_at, parent_id)
VALUES (1, 'Bangsamoro Regional Chapter', 'regional', '', '', '0644210001', true, '2019-03-29',
        '2020-01-21 08:00+08', '2020-01-21 08:00+08', NULL);

INSERT INTO chapters_chapter (id, name, chapter_type, province, municipality, contact_number, is_active, established_on,
                              created_at, updated_at, parent_id)
SELECT 1 + position, name || ' Provincial Chapter', 'provincial', name, '', '06442100' || 10 + position, true,
       date '2019-05-01' + position, '2020-01-21 08:30+08', '2020-01-21 08:30+08', 1
FROM province
ORDER BY position;

INSERT INTO chapters_chapter (id, name, chapter_type, province, municipality, contact_number, is_active, established_on,
                              created_at, updated_at, parent_id)
SELECT 9 + n, municipality || ' Chapter', 'municipal', province, municipality,
       '0917' || lpad(pg_temp.roll(n, 1, 10000000)::text, 7, '0'), pg_temp.roll(n, 2, 20) > 0,
       date '2019-07-01' + pg_temp.roll(n, 3, 900), '2020-01-21 09:00+08', '2020-01-21 09:00+08', 1 + position
FROM (
    SELECT row_number() OVER (ORDER BY position, place) AS n, position, name AS province, municipality
    FROM province, unnest(municipalities) WITH ORDINALITY AS listed (municipality, place)
) AS numbered
ORDER BY n;


-- Programs that members join -----------------------------------------------------------------------------------------

INSERT INTO constituents_program (id, code, name, description, is_active, created_at)
SELECT n, 'PRG-' || lpad(n::text, 3, '0'), name, 'Open to approved members: ' || lower(name) || '.', n <> 23,
       timestamptz '2020-03-10 08:00+08' + n * interval '500 hours'
FROM unnest(ARRAY[
    'Madrasah Scholarship', 'College Scholarship', 'Arabic Language and Islamic Values', 'Adult Literacy',
    'Technical and Vocational Training', 'Livelihood Starter Kit', 'Fisherfolk Boat Assistance', 'Halal Food Enterprise',
    'Women in Peacebuilding', 'Youth Leadership', 'Maternal and Child Health', 'Dialysis Assistance', 'Cancer Care',
    'Medical Mission', 'Burial Assistance', 'Legal Aid', 'Core Shelter', 'Marawi Returnees', 'Farm Inputs',
    'Solar Lamps', 'Potable Water', 'Disaster Preparedness', 'Orphan Sponsorship', 'Senior Citizens Circle'
]) WITH ORDINALITY AS listed (name, n);


-- Accounts: 200 of the office, then one for each member --------------------------------------------------------------

CREATE TEMPORARY TABLE person AS
SELECT n,
       sex,
       CASE sex
           WHEN 'female' THEN pg_temp.pick(ARRAY['Aisha', 'Amina', 'Bai Fatima', 'Sittie Aina', 'Norhata', 'Hafsa',
               'Jamelah', 'Khadija', 'Mariam', 'Noraisa', 'Potri Zainab', 'Rahma', 'Saida', 'Sittie Nor', 'Soraya',
               'Tarhata', 'Yasmin', 'Zulaika', 'Almira', 'Farhana', 'Hanan', 'Inshirah', 'Junaida', 'Lailanie',
               'Maria Clara', 'Rosalinda', 'Josefina', 'Marites', 'Analyn', 'Cristina', 'Grace', 'Jocelyn'], n, 11)
           ELSE pg_temp.pick(ARRAY['Abdul Rahman', 'Abdullah', 'Ahmad', 'Alim Hassan', 'Anwar', 'Basher', 'Datu Nasser',
               'Esmael', 'Faisal', 'Hamza', 'Ibrahim', 'Ismael', 'Jamil', 'Khalid', 'Mohammad', 'Mohaimen', 'Murad',
               'Nasrodin', 'Omar', 'Saidali', 'Salahuddin', 'Samsodin', 'Suharto', 'Tahir', 'Yusoph', 'Zainal',
               'Juan Miguel', 'Jose Mari', 'Rodel', 'Eduardo', 'Ramon', 'Antonio'], n, 12)
       END AS first_name,
       pg_temp.pick(surnames, n, 13) AS middle_name,
       pg_temp.pick(surnames, n, 14) AS last_name,
       timestamptz '2020-02-03 08:00+08' + n * interval '21 minutes' AS applied_at
FROM (
    SELECT n, CASE WHEN pg_temp.roll(n, 10, 100) < 53 THEN 'female' ELSE 'male' END AS sex,
           ARRAY['Abdullah', 'Abubakar', 'Adiong', 'Alonto', 'Ampatuan', 'Amerol', 'Bansil', 'Batua', 'Benito', 'Biruar',
               'Candao', 'Dimaporo', 'Dimakuta', 'Disomimba', 'Dipatuan', 'Ebrahim', 'Gandamra', 'Guro', 'Hadji Ali',
               'Hataman', 'Iqbal', 'Jaafar', 'Kiram', 'Lucman', 'Macarambon', 'Macapagal', 'Macapodi', 'Mangudadatu',
               'Mastura', 'Matalam', 'Midtimbang', 'Misuari', 'Mohagher', 'Pangandaman', 'Pendatun', 'Sangki', 'Sema',
               'Sinsuat', 'Tamano', 'Tan', 'Tulawie', 'Usman', 'Dela Cruz', 'Santos', 'Reyes', 'Villanueva', 'Peñafiel',
               'Ibañez', 'Garcia', 'Ramos', 'D''Angelo', 'Bautista'] AS surnames
    FROM generate_series(1, 120000) AS n
) AS numbered
ORDER BY n;

INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                       date_joined)
SELECT n, '!', timestamptz '2024-11-04 08:00+08' + n * interval '7 minutes', n = 1,
       CASE n WHEN 1 THEN 'admin' ELSE 'encoder' || n END,
       pg_temp.pick(ARRAY['Amina', 'Omar', 'Rahma', 'Faisal', 'Grace'], n, 15),
       pg_temp.pick(ARRAY['Alonto', 'Candao', 'Lucman', 'Santos', 'Usman'], n, 16),
       CASE n WHEN 1 THEN 'admin' ELSE 'encoder' || n END || '@madaris.example', true, n % 25 <> 0,
       timestamptz '2020-01-22 08:00+08' + n * interval '5 hours'
FROM generate_series(1, 200) AS n;

INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                       date_joined)
SELECT 200 + n, '!',
       CASE WHEN pg_temp.roll(n, 17, 3) > 0 THEN applied_at + pg_temp.roll(n, 18, 4000) * interval '1 hour' END,
       false, 'member' || lpad(n::text, 6, '0'), first_name, last_name, 'member' || n || '@mail.example', false,
       pg_temp.roll(n, 19, 50) > 0, applied_at
FROM person
ORDER BY n;


-- Members ------------------------------------------------------------------------------------------------------------

INSERT INTO constituents_bmparliamentmember (
    id, user_id, date_of_application, last_name, first_name, middle_name, contact_number, email, age, sex, member_id,
    address_barangay, address_municipality, address_province,
    voter_address_barangay, voter_address_municipality, voter_address_province,
    sector, highest_education, school_graduated, eligibility, college_school, year_level,
    pwd_disability_type, cancer_patient, dialysis_patient, voter_id_photo,
    status, approved_date, approved_by_id, denied_date, denied_by_id, denial_reason,
    assigned_chapter_id, chapter_assigned_date, chapter_assigned_by_id, created_at, updated_at)
SELECT n, 200 + n, (applied_at AT TIME ZONE 'Asia/Manila')::date, last_name, first_name, middle_name,
       '09' || lpad(pg_temp.roll(n, 20, 1000000000)::text, 9, '0'), 'member' || n || '@mail.example',
       CASE WHEN pg_temp.roll(n, 21, 40) > 0 THEN 16 + pg_temp.roll(n, 22, 62) END, sex,
       CASE WHEN approved THEN
           'BMP-' || extract(year FROM applied_at AT TIME ZONE 'Asia/Manila') || '-' || lpad(n::text, 6, '0')
       END,
       barangay, home.municipality, home.province,
       CASE WHEN moved THEN 'Poblacion' ELSE barangay END,
       CASE WHEN moved THEN 'Cotabato City' ELSE home.municipality END,
       CASE WHEN moved THEN 'Cotabato City' ELSE home.province END,
       pg_temp.pick(ARRAY['youth', 'women', 'farmers', 'fisherfolk', 'ulama', 'traditional_leaders', 'displaced',
           'teachers', 'settlers', 'indigenous_peoples'], n, 23),
       education,
       CASE WHEN education <> 'none' THEN home.municipality || ' National High School' ELSE '' END,
       CASE WHEN education = 'college' THEN pg_temp.pick(ARRAY['', '', 'Civil Service Professional', 'LET Passer',
           'Qiyas Passer'], n, 24) ELSE '' END,
       CASE WHEN education = 'college' THEN pg_temp.pick(ARRAY['Mindanao State University', 'Cotabato State University',
           'Notre Dame University', 'Jamiatu Muslim Mindanao', 'Sulu State College',
           'Basilan State College'], n, 25) ELSE '' END,
       CASE WHEN education = 'college' THEN pg_temp.pick(ARRAY['1st year', '2nd year', '3rd year', '4th year',
           'graduate'], n, 26) ELSE '' END,
       CASE WHEN pg_temp.roll(n, 27, 40) = 0 THEN pg_temp.pick(ARRAY['visual', 'hearing', 'mobility',
           'psychosocial'], n, 28) ELSE '' END,
       pg_temp.roll(n, 29, 300) = 0, pg_temp.roll(n, 30, 250) = 0,
       CASE WHEN pg_temp.roll(n, 31, 8) > 0 THEN 'voter_ids/' || n % 100 || '/' || n || '.jpg' ELSE '' END,
       status,
       CASE WHEN approved THEN decided_at END, CASE WHEN approved THEN decided_by END,
       CASE WHEN status = 'non_compliant' THEN decided_at END, CASE WHEN status = 'non_compliant' THEN decided_by END,
       CASE WHEN status = 'non_compliant' THEN pg_temp.pick(ARRAY['Voter registration is in another region.',
           'The ID does not match the name.', 'No answer to three notices.'], n, 32) ELSE '' END,
       CASE WHEN approved THEN home.id END, CASE WHEN approved THEN decided_at + interval '30 minutes' END,
       CASE WHEN approved THEN decided_by END,
       applied_at, CASE WHEN approved OR status = 'non_compliant' THEN decided_at ELSE applied_at END
FROM (
    SELECT person.*,
           CASE WHEN fate < 62 THEN 'approved' WHEN fate < 80 THEN 'pending' WHEN fate < 89 THEN 'incomplete'
                WHEN fate < 95 THEN 'non_compliant' ELSE 'archived' END AS status,
           fate < 62 OR fate >= 95 AS approved,
           pg_temp.roll(n, 34, 12) = 0 AS moved,
           applied_at + (24 + pg_temp.roll(n, 35, 700)) * interval '1 hour' AS decided_at,
           1 + pg_temp.roll(n, 36, 200) AS decided_by,
           pg_temp.pick(ARRAY['Poblacion', 'Bagua', 'Rosary Heights', 'Tamontaka', 'Banggolo', 'Lilod', 'Raya',
               'Moncado', 'Kalanganan', 'Dulawan', 'Tubig Indangan', 'Sanga-Sanga', 'Bus-Bus', 'Lamion', 'Matampay',
               'Simuay'], n, 37) AS barangay,
           pg_temp.pick(ARRAY['none', 'elementary', 'high_school', 'high_school', 'college', 'college',
               'madrasah'], n, 38) AS education
    FROM person, LATERAL (SELECT pg_temp.roll(n, 33, 100) AS fate) AS thrown
) AS applicant
JOIN chapters_chapter home ON home.id = 10 + pg_temp.roll(n, 39, 91)
ORDER BY n;

-- Every member joins a program, two of three a second one.
INSERT INTO constituents_bmparliamentmember_programs (id, bmparliamentmember_id, program_id)
SELECT id, member,
       1 + (pg_temp.roll(member, 40, 24) + CASE WHEN id > 120000 THEN 1 + pg_temp.roll(member, 41, 23) ELSE 0 END) % 24
FROM (
    SELECT id, CASE WHEN id <= 120000 THEN id ELSE (id - 120000) + (id - 120001) / 2 END AS member
    FROM generate_series(1, 200000) AS id
) AS joined;


-- What hangs on members ----------------------------------------------------------------------------------------------

-- The last 4,000 people are known from other registers only.
INSERT INTO unified_db_personlink (id, person_uid, source, match_score, is_verified, linked_at, bm_parliament_member_id)
SELECT n, md5('person ' || n)::uuid, pg_temp.pick(ARRAY['portal', 'portal', 'census', 'voters_list'], n, 50),
       60 + pg_temp.roll(n, 51, 4001) / 100.0, pg_temp.roll(n, 52, 10) < 7,
       timestamptz '2023-08-07 22:00+08' + n * interval '3 minutes', CASE WHEN n <= 120000 THEN n END
FROM generate_series(1, 124000) AS n;

-- 7919 is a prime: the steps visit every member before they come back to the first.
INSERT INTO referrals_referral (id, reference_number, referred_to, reason, status, referred_on, resolved_on, created_at,
                                updated_at, member_id, referred_by_id)
SELECT n, 'REF-' || lpad(n::text, 8, '0'),
       pg_temp.pick(ARRAY['Cotabato Regional and Medical Center', 'Amai Pakpak Medical Center',
           'Ministry of Social Services', 'Ministry of Basic Education', 'Public Attorney''s Office', 'TESDA Bangsamoro'], n, 53),
       pg_temp.pick(ARRAY['Hospital bill', 'Laboratory tests', 'School transfer', 'Lost documents', 'Skills training',
           'Land dispute'], n, 54),
       CASE WHEN resolved THEN 'resolved' ELSE pg_temp.pick(ARRAY['open', 'accepted'], n, 55) END,
       day, CASE WHEN resolved THEN day + 3 + pg_temp.roll(n, 56, 60) END,
       at, at, 1 + (n * 7919) % 120000, CASE WHEN pg_temp.roll(n, 57, 4) > 0 THEN 1 + pg_temp.roll(n, 58, 200) END
FROM (
    SELECT n, pg_temp.roll(n, 59, 10) < 7 AS resolved, date '2021-02-02' + (n / 110)::integer AS day,
           timestamptz '2021-02-02 08:00+08' + n * interval '13 minutes' AS at
    FROM generate_series(1::bigint, 150000) AS n
) AS referred;

INSERT INTO services_serviceapplication (id, service_type, purpose, amount_requested, status, submitted_at, decided_at,
                                         remarks, member_id, decided_by_id)
SELECT n, service_type, 'Asks for ' || service_type || ' assistance', 500 + pg_temp.roll(n, 60, 19000) * 2.5, status, at,
       CASE WHEN status IN ('approved', 'released', 'denied') THEN
           at + (1 + pg_temp.roll(n, 61, 500)) * interval '1 hour'
       END,
       CASE WHEN status = 'denied' THEN 'Funds of the quarter are used up.' ELSE '' END,
       1 + (n * 104729) % 120000,
       CASE WHEN status IN ('approved', 'released', 'denied') THEN 1 + pg_temp.roll(n, 62, 200) END
FROM (
    SELECT n, timestamptz '2021-02-02 09:00+08' + n * interval '11 minutes' AS at,
           pg_temp.pick(ARRAY['medical', 'burial', 'educational', 'livelihood', 'legal', 'transport'], n, 63) AS service_type,
           pg_temp.pick(ARRAY['submitted', 'under_review', 'approved', 'released', 'released', 'denied'], n, 64) AS status
    FROM generate_series(1::bigint, 180000) AS n
) AS applied;

-- One document for every member, one of another type for every fourth.
INSERT INTO documents_memberdocument (id, document_type, file, sha256, is_verified, uploaded_at, member_id, uploaded_by_id)
SELECT n, (ARRAY['voter_id', 'birth_certificate', 'barangay_clearance', 'school_record', 'photo'])
              [1 + (pg_temp.roll(member, 65, 5) + CASE WHEN n > 120000 THEN 1 ELSE 0 END) % 5],
       'documents/' || member || '/' || n || '.pdf', encode(sha256(convert_to('document ' || n, 'UTF8')), 'hex'),
       pg_temp.roll(n, 66, 3) > 0, timestamptz '2021-06-15 08:00+08' + n * interval '12 minutes', member,
       CASE WHEN pg_temp.roll(n, 67, 3) = 0 THEN 1 + pg_temp.roll(n, 68, 200) END
FROM (
    SELECT n, CASE WHEN n <= 120000 THEN n ELSE (n - 120000) * 4 END AS member
    FROM generate_series(1, 150000) AS n
) AS uploaded;

DROP TABLE person, province;


-- The rows came with their ids, so the sequences go where they would be --------------------------------------------

SELECT setval('auth_user_id_seq', (SELECT max(id) FROM auth_user)),
       setval('chapters_chapter_id_seq', (SELECT max(id) FROM chapters_chapter)),
       setval('constituents_program_id_seq', (SELECT max(id) FROM constituents_program)),
       setval('constituents_bmparliamentmember_id_seq', (SELECT max(id) FROM constituents_bmparliamentmember)),
       setval('constituents_bmparliamentmember_programs_id_seq',
              (SELECT max(id) FROM constituents_bmparliamentmember_programs)),
       setval('unified_db_personlink_id_seq', (SELECT max(id) FROM unified_db_personlink)),
       setval('referrals_referral_id_seq', (SELECT max(id) FROM referrals_referral)),
       setval('services_serviceapplication_id_seq', (SELECT max(id) FROM services_serviceapplication)),
       setval('documents_memberdocument_id_seq', (SELECT max(id) FROM documents_memberdocument));

ANALYZE auth_user, chapters_chapter, constituents_program, constituents_bmparliamentmember,
    constituents_bmparliamentmember_programs, unified_db_personlink, referrals_referral, services_serviceapplication,
    documents_memberdocument;
