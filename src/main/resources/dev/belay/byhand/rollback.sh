#!/usr/bin/env bash
# Takes one migration back with its undo scripts, without Belay. Needs bash and psql.
#
#   ./rollback.sh          says what it would do; changes nothing
#   ./rollback.sh --yes    does it
#
# Written by Belay before the job @job@ changed anything, to be read before it is used.
# Rows that applications have written since stay where they are. Values in columns and tables that go away are first
# copied to the schema belay_salvage. Each version is one transaction where PostgreSQL lets it; what fails changes nothing.
#
# Who logs in and where is preset below; PGHOST, PGPORT, PGUSER, PGSSLMODE and the like in the environment go first, and the
# password comes from PGPASSWORD or ~/.pgpass. The database is always the one the migration was for, whatever PGDATABASE is.
set -euo pipefail

export PGHOST=${PGHOST:-@host@} PGPORT=${PGPORT:-@port@} PGUSER=${PGUSER:-@user@} PGSSLMODE=${PGSSLMODE:-@sslmode@}
export PGCLIENTENCODING=UTF8 PGAPPNAME='belay by hand' PGOPTIONS='-c client_min_messages=warning'
database=@live@

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && printf '%s/' "$PWD")
here=${here%/}
tag=$(date -u +%Y%m%d_%H%M%S)

say() { printf '%s\n' "$*"; }
refuse() { printf 'Refused: %s\n' "$*" >&2; exit 1; }

# The database's name goes by the environment: in an argument, psql could take it for a connection string.
sql() { PGDATABASE=$database psql -X -q -w -v ON_ERROR_STOP=1 "$@"; }

# What the history says of a version: applied, undone, failed or missing.
state() {
    sql -A -t -v version="$2" <<SQL
SELECT coalesce((SELECT CASE WHEN NOT success THEN 'failed' WHEN type = 'DELETE' THEN 'undone' ELSE 'applied' END
                 FROM $1 WHERE version = :'version' ORDER BY installed_rank DESC LIMIT 1), 'missing')
SQL
}

# One version: its title, its history table, its number in it, the file that takes it back, and what goes away with it.
applied=0
look() {
    local found
    found=$(state "$2" "$3")
    say "  $1: $found${5:+; copied to belay_salvage first: $5}"
    case $found in
        applied) applied=$((applied + 1)) ;;
        failed) refuse "$1 failed half-way, so no undo script fits. Use ./restore.sh" ;;
    esac
}

take_back() {
    local found
    found=$(state "$2" "$3")
    if [ "$found" = applied ]; then
        sql -o /dev/null -v tag="$tag" -f "$here/$4" ||
            refuse "$1 could not be taken back; the lines above say why, and which versions are. When the cause is gone, run this again. Or use ./restore.sh"
        say "$1 is taken back."
    fi
}

# Newest first.
versions() {
@versions@}

case "${1-}" in
    '' | --yes) ;;
    *) say 'Usage: ./rollback.sh [--yes]' >&2; exit 2 ;;
esac

say "The migration of $database on $PGHOST:$PGPORT, as $PGUSER. Its versions, newest first:"
versions look
if [ "$applied" -eq 0 ]; then
    refuse 'the history says that none of them is applied. Nothing was changed.'
fi
if [ "${1-}" != --yes ]; then
    say 'Nothing was changed. With --yes those that are applied would be taken back, in this order.'
    exit 0
fi
versions take_back
say 'Done. Copies of what went away, if there were any, are in belay_salvage, in tables that begin with '"$tag"'.'
