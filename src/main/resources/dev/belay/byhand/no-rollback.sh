#!/usr/bin/env bash
# Written by Belay before the job @job@ changed anything.
#
# There is no way back by undo scripts: the migration has none for all of its scripts, and none could be made. Use
# ./restore.sh beside this file, which puts the backup from before the migration in the place of the database.
printf '%s\n' 'There is no undo script for all of this migration. The way back is ./restore.sh' >&2
exit 1
