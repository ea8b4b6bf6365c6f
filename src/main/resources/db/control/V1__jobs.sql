CREATE TABLE job (
    id             uuid PRIMARY KEY,
    number         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    ahead          boolean NOT NULL DEFAULT false,
    kind           text        NOT NULL CHECK (kind IN
                       ('ACCEPTANCE', 'AUDIT', 'BACKUP', 'DRAFT', 'MIGRATION', 'REFRESH', 'RELABEL', 'RESET', 'ROLES',
                        'ROLLBACK')),
    database       text        NOT NULL,
    state          text        NOT NULL CHECK (state IN
                       ('QUEUED', 'RUNNING', 'AWAITING_APPROVAL', 'SCHEDULED', 'CANCELLING',
                        'SUCCEEDED', 'FAILED', 'CANCELLED')),
    database_state text        NOT NULL CHECK (database_state IN
                       ('UNCHANGED', 'MIGRATED', 'ROLLED_BACK', 'RESTORED', 'EMPTIED', 'REFRESHED', 'INDETERMINATE')),
    request        jsonb       NOT NULL,
    requested_by   text        NOT NULL,
    created_at     timestamptz NOT NULL,
    started_at     timestamptz,
    finished_at    timestamptz,
    wake_at        timestamptz,
    attempt        integer     NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    deaths         integer     NOT NULL DEFAULT 0 CHECK (deaths >= 0),
    no_return      boolean     NOT NULL DEFAULT false,
    revision       bigint      NOT NULL DEFAULT 0,
    result         jsonb       NOT NULL DEFAULT '{}',
    error          jsonb,
    CHECK ((state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (finished_at IS NOT NULL)),
    CHECK ((state = 'FAILED') = (error IS NOT NULL)),
    CHECK (wake_at IS NULL OR state IN ('AWAITING_APPROVAL', 'SCHEDULED')),
    CHECK (state <> 'SCHEDULED' OR wake_at IS NOT NULL)
);
COMMENT ON TABLE job IS 'One asynchronous run, such as a backup, a migration or a rollback';
COMMENT ON COLUMN job.id IS 'The name clients know it by';
COMMENT ON COLUMN job.number IS 'The order in which jobs came in; a database''s jobs run in this order, but for those that are ahead';
COMMENT ON COLUMN job.ahead IS 'Whether it runs before the jobs of its database that came in earlier';
COMMENT ON COLUMN job.kind IS 'Which steps it has';
COMMENT ON COLUMN job.database IS 'The managed database it is about, by its name in the configuration';
COMMENT ON COLUMN job.state IS 'Where the job is; the last three are final';
COMMENT ON COLUMN job.database_state IS 'What the job has done to the database so far';
COMMENT ON COLUMN job.request IS 'The body of the request';
COMMENT ON COLUMN job.requested_by IS 'Who asked for it';
COMMENT ON COLUMN job.created_at IS 'When it was asked for';
COMMENT ON COLUMN job.started_at IS 'When its first attempt began';
COMMENT ON COLUMN job.finished_at IS 'When it reached a final state';
COMMENT ON COLUMN job.wake_at IS 'When a waiting job is taken up again by itself; null when it does not wait or somebody has to decide first';
COMMENT ON COLUMN job.attempt IS 'How often it was taken up; a runner of an earlier attempt can no longer write';
COMMENT ON COLUMN job.deaths IS 'How often its runner died in the middle of it';
COMMENT ON COLUMN job.no_return IS 'Whether it has passed the point from which it can no longer be cancelled';
COMMENT ON COLUMN job.revision IS 'Grows with every change; the ETag';
COMMENT ON COLUMN job.result IS 'What it produced, by name';
COMMENT ON COLUMN job.error IS 'Why it failed, as an RFC 9457 problem';

CREATE INDEX job_unfinished ON job (database, number) WHERE finished_at IS NULL;
CREATE INDEX job_of_a_kind ON job (kind, number DESC);

CREATE TABLE job_step (
    job_id      uuid    NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    position    integer NOT NULL CHECK (position >= 0),
    name        text    NOT NULL,
    state       text    NOT NULL CHECK (state IN
                    ('PENDING', 'RUNNING', 'WAITING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED')),
    started_at  timestamptz,
    finished_at timestamptz,
    progress    double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    detail      text    NOT NULL DEFAULT '',
    PRIMARY KEY (job_id, position)
);
COMMENT ON TABLE job_step IS 'The steps of a job, in their order';
COMMENT ON COLUMN job_step.job_id IS 'The job it is a step of';
COMMENT ON COLUMN job_step.position IS 'Its place among the job''s steps, from 0';
COMMENT ON COLUMN job_step.name IS 'What it is called in the API and in the logs';
COMMENT ON COLUMN job_step.state IS 'Where it is';
COMMENT ON COLUMN job_step.started_at IS 'When it was begun, the last time if several';
COMMENT ON COLUMN job_step.finished_at IS 'When it ended';
COMMENT ON COLUMN job_step.progress IS 'How much of it is done, 0 to 1';
COMMENT ON COLUMN job_step.detail IS 'One line for a person: what it is doing or what it found';

CREATE TABLE job_evidence (
    job_id   uuid  NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    type     text  NOT NULL,
    content  jsonb NOT NULL,
    PRIMARY KEY (job_id, type)
);
COMMENT ON TABLE job_evidence IS 'What steps found out and later steps rely on';
COMMENT ON COLUMN job_evidence.job_id IS 'The job whose steps found it';
COMMENT ON COLUMN job_evidence.type IS 'Which kind of evidence, one of each at most';
COMMENT ON COLUMN job_evidence.content IS 'The evidence itself';

CREATE TABLE approval (
    job_id      uuid        NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    approver    text        NOT NULL,
    plan_digest text        NOT NULL,
    comment     text,
    at          timestamptz NOT NULL,
    PRIMARY KEY (job_id, approver)
);
COMMENT ON TABLE approval IS 'Who approved the plan of which migration';
COMMENT ON COLUMN approval.job_id IS 'The migration';
COMMENT ON COLUMN approval.approver IS 'Who approved it, as the proxy in front named the caller';
COMMENT ON COLUMN approval.plan_digest IS 'The digest of the plan that was approved';
COMMENT ON COLUMN approval.comment IS 'What the approver had to say; null for nothing';
COMMENT ON COLUMN approval.at IS 'When';

CREATE TABLE job_event (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id   uuid        NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    at       timestamptz NOT NULL,
    type     text        NOT NULL CHECK (type IN ('state', 'step', 'progress', 'log', 'end')),
    data     jsonb       NOT NULL
);
CREATE INDEX job_event_of_a_job ON job_event (job_id, sequence);
COMMENT ON TABLE job_event IS 'What happened to a job, in order; feeds the event stream';
COMMENT ON COLUMN job_event.sequence IS 'The id a client resumes from';
COMMENT ON COLUMN job_event.job_id IS 'The job it happened to';
COMMENT ON COLUMN job_event.at IS 'When';
COMMENT ON COLUMN job_event.type IS 'What kind of event';
COMMENT ON COLUMN job_event.data IS 'The event''s data as it is sent';

CREATE TABLE idempotency_key (
    caller  text NOT NULL,
    path    text NOT NULL,
    key     text NOT NULL,
    body    text NOT NULL,
    job_id  uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    at      timestamptz NOT NULL,
    PRIMARY KEY (caller, path, key)
);
COMMENT ON TABLE idempotency_key IS 'Requests that came with an Idempotency-Key, so that the same request makes one job';
COMMENT ON COLUMN idempotency_key.caller IS 'Who sent it';
COMMENT ON COLUMN idempotency_key.path IS 'Where to';
COMMENT ON COLUMN idempotency_key.key IS 'The key';
COMMENT ON COLUMN idempotency_key.body IS 'SHA-256 of the body''s canonical JSON';
COMMENT ON COLUMN idempotency_key.job_id IS 'The job it made';
COMMENT ON COLUMN idempotency_key.at IS 'When it came';

CREATE TABLE backup (
    id          uuid PRIMARY KEY,
    job_id      uuid        NOT NULL REFERENCES job (id),
    database    text        NOT NULL,
    archive     text        NOT NULL,
    manifest    text        NOT NULL,
    bytes       bigint      NOT NULL CHECK (bytes >= 0),
    tables      integer     NOT NULL CHECK (tables >= 0),
    rows        bigint      NOT NULL CHECK (rows >= 0),
    created_at  timestamptz NOT NULL,
    proven_at   timestamptz
);
CREATE INDEX backup_proven ON backup (database, created_at DESC) WHERE proven_at IS NOT NULL;
COMMENT ON TABLE backup IS 'Complete archives; one counts only once it is proven';
COMMENT ON COLUMN backup.id IS 'The backup''s name';
COMMENT ON COLUMN backup.job_id IS 'The job that made it';
COMMENT ON COLUMN backup.database IS 'The managed database it is of';
COMMENT ON COLUMN backup.archive IS 'The archive''s folder, below the configured backup folder';
COMMENT ON COLUMN backup.manifest IS 'SHA-256 of the manifest, which holds those of all files';
COMMENT ON COLUMN backup.bytes IS 'Size of the archive on disk';
COMMENT ON COLUMN backup.tables IS 'Tables in it';
COMMENT ON COLUMN backup.rows IS 'Rows in it';
COMMENT ON COLUMN backup.created_at IS 'When its snapshot was taken';
COMMENT ON COLUMN backup.proven_at IS 'When a restored copy was found equal; null when that has not happened';

CREATE TABLE known_schema (
    database text PRIMARY KEY,
    job_id   uuid        NOT NULL REFERENCES job (id),
    at       timestamptz NOT NULL,
    catalog  jsonb       NOT NULL,
    digest   text        NOT NULL
);
COMMENT ON TABLE known_schema IS 'Each managed database''s schema as a job left it; what differs from it is drift';
COMMENT ON COLUMN known_schema.database IS 'The managed database, by its name in the configuration';
COMMENT ON COLUMN known_schema.job_id IS 'The job that left it so, or took it as it was';
COMMENT ON COLUMN known_schema.at IS 'When';
COMMENT ON COLUMN known_schema.catalog IS 'Every object of its catalog with its definition';
COMMENT ON COLUMN known_schema.digest IS 'SHA-256 over all of them';

CREATE TABLE control (
    id   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    single boolean NOT NULL DEFAULT true UNIQUE CHECK (single)
);
INSERT INTO control DEFAULT VALUES;
COMMENT ON TABLE control IS 'This control database itself, one row';
COMMENT ON COLUMN control.id IS 'Marks what this Belay puts up on servers that it may share with another';
COMMENT ON COLUMN control.single IS 'Keeps it one row';

CREATE TABLE standby (
    job_id    uuid PRIMARY KEY REFERENCES job (id),
    backup_id uuid NOT NULL REFERENCES backup (id),
    database  text NOT NULL,
    name      text NOT NULL,
    ready_at  timestamptz
);
CREATE INDEX standby_of_a_database ON standby (database);
COMMENT ON TABLE standby IS 'Copies of backups that stand beside their databases, so that a restore need not wait for pg_restore';
COMMENT ON COLUMN standby.job_id IS 'The migration that made it';
COMMENT ON COLUMN standby.backup_id IS 'The backup it is a copy of';
COMMENT ON COLUMN standby.database IS 'The managed database, by its name in the configuration';
COMMENT ON COLUMN standby.name IS 'Its own name, on the managed database''s server';
COMMENT ON COLUMN standby.ready_at IS 'Since when it is complete, equal to the backup and closed; null while it is made';

CREATE TABLE access_token (
    id          uuid PRIMARY KEY,
    digest      text        NOT NULL UNIQUE,
    subject     text        NOT NULL,
    description text,
    grants      jsonb       NOT NULL,
    origin      text        NOT NULL CHECK (origin IN ('BOOTSTRAP', 'CONFIGURATION', 'REQUEST')),
    created_at  timestamptz NOT NULL,
    created_by  text        NOT NULL,
    expires_at  timestamptz NOT NULL,
    revoked_at  timestamptz,
    revoked_by  text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
COMMENT ON TABLE access_token IS 'The tokens by which callers are known';
COMMENT ON COLUMN access_token.id IS 'The name under which it is revoked';
COMMENT ON COLUMN access_token.digest IS 'SHA-256 of its text, which is nowhere';
COMMENT ON COLUMN access_token.subject IS 'Who has it';
COMMENT ON COLUMN access_token.description IS 'What it is for';
COMMENT ON COLUMN access_token.grants IS 'Roles, each with the databases and environments it is for';
COMMENT ON COLUMN access_token.origin IS 'The first start, a file of the configuration, or an admin''s request';
COMMENT ON COLUMN access_token.created_at IS 'When it was made';
COMMENT ON COLUMN access_token.created_by IS 'Who asked for it';
COMMENT ON COLUMN access_token.expires_at IS 'Until when it is good';
COMMENT ON COLUMN access_token.revoked_at IS 'When it was revoked';
COMMENT ON COLUMN access_token.revoked_by IS 'By whom';

CREATE TABLE audit_trail (
    number   bigint PRIMARY KEY,
    at       timestamptz NOT NULL,
    caller   text        NOT NULL,
    how      text        NOT NULL,
    method   text        NOT NULL,
    path     text        NOT NULL,
    database text,
    digest   text,
    status   integer     NOT NULL,
    problem  text,
    location text,
    trace_id text        NOT NULL,
    seal     text        NOT NULL
);
CREATE INDEX audit_trail_of_a_database ON audit_trail (database, number);
COMMENT ON TABLE audit_trail IS 'Requests that changed something or were denied; rows are added and never changed';
COMMENT ON COLUMN audit_trail.number IS 'The order in which they were written down, without a gap';
COMMENT ON COLUMN audit_trail.at IS 'When it was answered';
COMMENT ON COLUMN audit_trail.caller IS 'Who sent it; anonymous when that is not known';
COMMENT ON COLUMN audit_trail.how IS 'How that is known: token or bootstrap with the token''s id, oidc with the issuer, header, none';
COMMENT ON COLUMN audit_trail.method IS 'The HTTP method';
COMMENT ON COLUMN audit_trail.path IS 'The path, without its query';
COMMENT ON COLUMN audit_trail.database IS 'The managed database it was about, by its name in the configuration';
COMMENT ON COLUMN audit_trail.digest IS 'Of the plan that was approved';
COMMENT ON COLUMN audit_trail.status IS 'The HTTP status of the answer';
COMMENT ON COLUMN audit_trail.problem IS 'The slug of the problem that was answered';
COMMENT ON COLUMN audit_trail.location IS 'The path of what was made or found: the job, the token';
COMMENT ON COLUMN audit_trail.trace_id IS 'As in the answer and in the log';
COMMENT ON COLUMN audit_trail.seal IS 'SHA-256 over the seal before and this row, so that a row that is changed or gone shows';

CREATE FUNCTION seal_of(entry audit_trail, before text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\n', before, entry.number, extract(epoch FROM entry.at),
        to_json(ARRAY[entry.caller, entry.how, entry.method, entry.path, entry.database, entry.digest,
            entry.status::text, entry.problem, entry.location, entry.trace_id])), 'UTF8')), 'hex') $$;
COMMENT ON FUNCTION seal_of IS 'What a row of the audit trail is sealed with, given the seal of the row before it';

CREATE FUNCTION add_to_the_trail() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last audit_trail;
BEGIN
    -- One after the other, until the transaction ends: else a reader could go past a number that comes later.
    PERFORM pg_advisory_xact_lock('audit_trail'::regclass::bigint);
    SELECT * INTO last FROM audit_trail ORDER BY number DESC LIMIT 1;
    NEW.number := coalesce(last.number, 0) + 1;
    NEW.seal := seal_of(NEW, coalesce(last.seal, ''));
    RETURN NEW;
END $$;
CREATE TRIGGER sealed BEFORE INSERT ON audit_trail FOR EACH ROW EXECUTE FUNCTION add_to_the_trail();

CREATE FUNCTION refuse_to_change_the_trail() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is only added to'; END $$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_trail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_trail();
ALTER TABLE audit_trail ENABLE ALWAYS TRIGGER sealed, ENABLE ALWAYS TRIGGER only_added_to;
