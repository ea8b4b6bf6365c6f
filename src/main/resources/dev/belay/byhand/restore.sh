#!/usr/bin/env bash
# Puts the backup from before a migration in the place of its database, without Belay. Needs bash, psql and pg_restore of
# PostgreSQL @major@ or later, zstd, sha256sum, and room for the unpacked archive in TMPDIR and for the database on the server.
#
#   ./restore.sh          checks the archive and says what it would do; changes nothing
#   ./restore.sh --yes    does it
#
# Written by Belay before the job @job@ changed anything, to be read before it is used.
# The backup is restored into a new database and counted; then the names are swapped. The database as it is now is kept
# under another name, closed to connections. Nothing is ever dropped.
#
# WHAT APPLICATIONS WROTE SINCE THE BACKUP STAYS IN THE DATABASE THAT IS KEPT: unlike Belay, this script merges no rows.
# Stop the writers first.
#
# Who logs in and where is preset below; PGHOST, PGPORT, PGUSER, PGSSLMODE and the like in the environment go first, and the
# password comes from PGPASSWORD or ~/.pgpass. The database is always the one the backup is of, whatever PGDATABASE is.
set -euo pipefail

export PGHOST=${PGHOST:-@host@} PGPORT=${PGPORT:-@port@} PGUSER=${PGUSER:-@user@} PGSSLMODE=${PGSSLMODE:-@sslmode@}
export PGCLIENTENCODING=UTF8 PGAPPNAME='belay by hand'
quiet='-c client_min_messages=warning'
maintenance=@maintenance@
live=@live@
stem=@stem@
archive_name=@archive@
files=@files@
created=@created@

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && printf '%s/' "$PWD")
here=${here%/}
archive=$here/../$archive_name
tag=$(date -u +%Y%m%d_%H%M%S)
restored=${stem}_restored_$tag
kept=${stem}_before_restore_$tag

say() { printf '%s\n' "$*"; }
refuse() { printf 'Refused: %s\n' "$*" >&2; exit 1; }

# A database's name goes by the environment: in an argument, psql could take it for a connection string.
sql_in() {
    local database=$1
    shift
    PGDATABASE=$database PGOPTIONS=$quiet psql -X -q -w -v ON_ERROR_STOP=1 \
        -v live="$live" -v restored="$restored" -v kept="$kept" "$@"
}
sql() { sql_in "$maintenance" "$@"; }

case "${1-}" in
    '' | --yes) ;;
    *) say 'Usage: ./restore.sh [--yes]' >&2; exit 2 ;;
esac

# 1. The archive is what was written: every file, and none too many.
for tool in psql pg_restore zstd sha256sum; do
    command -v "$tool" > /dev/null || refuse "$tool is not installed here, or not on the PATH. Nothing was changed."
done
say "Checking the archive of $created: $files files"
(cd -- "$archive" && sha256sum --check --quiet --strict -- "$here/SHA256SUMS") ||
    refuse 'the archive is damaged. Nothing was changed. Use another backup.'
found=$(find "$archive" -mindepth 1 -maxdepth 1 | wc -l)
[ "$found" -eq "$files" ] || refuse "the archive has $found files, and should have $files. Nothing was changed."

# 2. Nothing stands in the way of a swap of names.
hindrance=$(sql -A -t <<'SQL'
SELECT 'there is no database of that name. Create an empty one, then run this again.'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'live')
UNION ALL
SELECT 'the logical replication slot ' || slot_name || ' would stay with the old database. Drop it first; it has to be made anew.'
FROM pg_replication_slots WHERE database = :'live'
UNION ALL
SELECT 'the prepared transaction ' || gid || ' has to be committed or rolled back first.'
FROM pg_prepared_xacts WHERE database = :'live'
LIMIT 1
SQL
)
[ -z "$hindrance" ] || refuse "$hindrance Nothing was changed."

say "Database:     $live on $PGHOST:$PGPORT, as $PGUSER"
say "Restored as:  $restored, then renamed to $live"
say "Kept as:      $kept, closed to connections"
if [ "${1-}" != --yes ]; then
    say 'Nothing was changed. With --yes the backup is restored, counted, and takes over the name.'
    say "What was written after $created stays in the database that is kept."
    exit 0
fi

# 3. The archive is unpacked, and restored into a new database of the same kind.
work=$(mktemp -d)
raw=$work/raw
created_it=
closed=
enabled='{}'
clean_up() {
    local ended=$?
    rm -rf -- "$work"
    if [ "$ended" -ne 0 ] && [ -n "$created_it" ]; then
        say "Not done. $restored is left to be looked at; drop it before the next try, if you need its room." >&2
    fi
    if [ -n "$closed" ]; then
        say "The names were not swapped; $live is opened again." >&2
        sql <<'SQL'
ALTER DATABASE :"live" WITH ALLOW_CONNECTIONS true
SQL
        sql_in "$live" -v enabled="$enabled" <<'SQL'
SELECT format('ALTER SUBSCRIPTION %I ENABLE', name) FROM unnest(:'enabled'::text[]) name \gexec
SQL
    fi
}
trap clean_up EXIT
say 'Unpacking'
mkdir -- "$raw"
for file in "$archive"/*.zst; do
    name=${file##*/}
    zstd -d -q -o "$raw/${name%.zst}" -- "$file"
done

say "Creating $restored"
sql <<'SQL'
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ', :'restored', pg_get_userbyid(datdba))
    || @shape@
    || CASE WHEN spcname = 'pg_default' THEN '' ELSE format(' TABLESPACE %I', spcname) END
FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE datname = :'live' \gexec
SQL

created_it=yes
# pg_restore has no other place for the name than a connection string.
escaped=${restored//\\/\\\\}
escaped=${escaped//\'/\\\'}
restore() {
    PGOPTIONS='-c synchronous_commit=off -c maintenance_work_mem=512MB' pg_restore --no-password --exit-on-error \
        --format=directory -d "dbname='$escaped'" "$@" "$raw"
}

# Schemas come first, then extensions in the version they had: the archive itself would take the server's default one.
say 'Restoring'
pg_restore --list --format=directory "$raw" > "$work/list"
grep -E '^[0-9]+; [0-9]+ [0-9]+ SCHEMA - ' "$work/list" > "$work/schemas" || true
grep -v -E '^[0-9]+; [0-9]+ [0-9]+ SCHEMA - ' "$work/list" > "$work/rest" || true
restore --use-list="$work/schemas"
sql_in "$restored" -f "$here/extensions.sql"
restore --use-list="$work/rest" --jobs=2

# 4. It has the tables and rows that were backed up.
say 'Counting'
sql_in "$restored" -o /dev/null -f "$here/rows.sql" ||
    refuse "the restored database is not what was backed up. $live was not touched."
sql_in "$restored" -c 'ANALYZE'

# 5. What no dump carries: owner, connection limit, comment, settings, grants, security labels of the database as it is now.
say 'Carrying over owner, settings and grants'
sql <<'SQL'
SELECT format('COMMENT ON DATABASE %I IS %L', :'restored', shobj_description(oid, 'pg_database'))
FROM pg_database WHERE datname = :'live' \gexec

SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', :'restored', datconnlimit)
    || CASE WHEN datistemplate THEN ' IS_TEMPLATE true' ELSE '' END
FROM pg_database WHERE datname = :'live' \gexec

SELECT 'ALTER ' || CASE WHEN s.setrole = 0 THEN format('DATABASE %I', :'restored')
                        ELSE format('ROLE %I IN DATABASE %I', pg_get_userbyid(s.setrole), :'restored') END
    || ' SET ' || name || ' = '
    -- lists of names are stored as they have to be written
    || CASE WHEN lower(name) IN ('search_path', 'datestyle', 'local_preload_libraries', 'session_preload_libraries',
                                 'temp_tablespaces', 'unix_socket_directories', 'log_destination') AND value <> ''
            THEN value ELSE quote_literal(value) END
FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) c,
    split_part(c, '=', 1) name, substr(c, strpos(c, '=') + 1) value
WHERE d.datname = :'live' \gexec

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC, %I', :'restored', pg_get_userbyid(datdba))
FROM pg_database WHERE datname = :'live' AND datacl IS NOT NULL \gexec

SELECT format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, :'restored',
              CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
              CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = :'live' \gexec

SELECT format('SECURITY LABEL FOR %I ON DATABASE %I IS %L', l.provider, :'restored', l.label)
FROM pg_shseclabel l JOIN pg_database d ON l.classoid = 'pg_database'::regclass AND l.objoid = d.oid
WHERE d.datname = :'live' \gexec
SQL

# 6. Applications are kept out, and both names change in one transaction.
# A subscription is restored disabled; the old one must not go on in the database that is kept.
subscriptions=$(sql -A -t <<'SQL'
SELECT subname FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = :'live' ORDER BY 1
SQL
)
enabled=$(sql -A -t <<'SQL'
SELECT coalesce(array_agg(subname::text), '{}') FROM pg_subscription s
JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = :'live' AND s.subenabled
SQL
)
closed=yes
sql_in "$live" <<'SQL'
SELECT format('ALTER SUBSCRIPTION %I DISABLE', subname) FROM pg_subscription s
JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() \gexec
SQL

# Ends the sessions in a database; fails when some are still there after 15 seconds.
drain() {
    local left
    for _ in $(seq 150); do
        left=$(sql -A -t -v name="$1" <<'SQL'
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = :'name' AND pid <> pg_backend_pid() AND backend_type <> 'parallel worker'
SQL
        )
        [ "$left" -ne 0 ] || return 0
        sleep 0.1
    done
    refuse "sessions in $1 do not end."
}

say 'Keeping applications out'
sql <<'SQL'
ALTER DATABASE :"live" WITH ALLOW_CONNECTIONS false
SQL
drain "$live"
drain "$restored"
sql <<'SQL'
BEGIN;
ALTER DATABASE :"live" RENAME TO :"kept";
ALTER DATABASE :"restored" RENAME TO :"live";
ALTER DATABASE :"live" WITH ALLOW_CONNECTIONS true;
COMMIT;
SQL
closed=
say "Done: $live is the backup of $created."
say "The database as it was is kept as $kept. To look into it: ALTER DATABASE … ALLOW_CONNECTIONS true."
if [ -n "$subscriptions" ]; then
    say "These subscriptions are disabled: $subscriptions"
    say 'For each: ALTER SUBSCRIPTION … ENABLE, then ALTER SUBSCRIPTION … REFRESH PUBLICATION WITH (copy_data = false).'
    say 'Before the kept database is dropped: ALTER SUBSCRIPTION … SET (slot_name = NONE) and DROP SUBSCRIPTION in it,'
    say 'else the slot on the publisher goes with it.'
fi
