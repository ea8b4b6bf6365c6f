package dev.belay.postgres;

import dev.belay.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Listens to what pg_dump or pg_restore writes to standard error: hands on the lines that tell of progress and keeps
 * the complaints. A complaint means failure even with exit code 0, since both programs leave things out with no more
 * than a warning.
 */
class ToolOutput implements Subprocess.Lines {

    private static final int KEPT = 40;

    private static final Pattern COMPLAINT = Pattern.compile("(error|warning|fatal): .*|from TOC entry .*");
    private static final Pattern SERVER_COMPLAINT = Pattern.compile("(WARNING|ERROR|FATAL|PANIC): .*");
    private static final Pattern CONTINUATION =
            Pattern.compile("(detail|hint|DETAIL|HINT|CONTEXT|STATEMENT|LINE \\d+|LOCATION): .*");
    private static final Pattern FULL =
            Pattern.compile("No space left on device|Disk quota exceeded|File too large|could not extend file");

    /** The second and third: whoever restores an object has to be a member of its owner; until PostgreSQL 15, and since. */
    private static final Pattern RIGHTS =
            Pattern.compile("permission denied|must be member of role|must be able to SET ROLE");

    /** Said about things that the restore and the comparison after it find out, or that change no data. */
    private static final Pattern HARMLESS = Pattern.compile(
            // The C library's collations changed since the database was made: the data is read all the same.
            ".*has a collation version mismatch"
                    // A publication restored into the scratch server, which writes as little WAL as it can.
                    + "|.*wal_level is insufficient to publish logical changes"
                    // Configuration tables of an extension refer to each other, as TimescaleDB's do.
                    + "|.*there are circular foreign-key constraints .*");

    /** What PostgreSQL quotes from rows; a job's problem must not show anybody's data. */
    private static final Pattern VALUES = Pattern.compile(
            "(?<=Failing row contains )\\(.*|(?<=\\)=)\\(.*\\)(?= )|(?<=CONTEXT:  COPY [^\"]{1,200}, line \\d{1,18}).*");

    private final String prefix;
    private final Consumer<String> progress;
    private final List<String> complaints = new ArrayList<>();
    private Kind last = Kind.COMPLAINT;

    private enum Kind {
        PROGRESS,
        HARMLESS,
        COMPLAINT
    }

    /** The consumer gets progress lines without the program's name; a loader's or a script's own words are complaints. */
    ToolOutput(String tool, Consumer<String> progress) {
        this.prefix = tool + ": ";
        this.progress = progress;
    }

    @Override
    public synchronized void error(String line) {
        boolean own = line.startsWith(prefix);
        String text = own ? line.substring(prefix.length()) : line;
        Kind kind = kindOf(own, text);
        if (kind == Kind.PROGRESS) {
            if (own) {
                progress.accept(text);
            }
        } else if (kind == Kind.COMPLAINT && complaints.size() < KEPT) {
            complaints.add(VALUES.matcher(text).replaceAll("(not shown)"));
        }
        last = kind;
    }

    /** A detail, a hint and a line without the program's name belong to what they follow. */
    private Kind kindOf(boolean own, String text) {
        if (CONTINUATION.matcher(text).matches()) {
            return last;
        }
        if (SERVER_COMPLAINT.matcher(text).matches()
                || (own && COMPLAINT.matcher(text).matches())) {
            return HARMLESS.matcher(text).matches() ? Kind.HARMLESS : Kind.COMPLAINT;
        }
        return own ? Kind.PROGRESS : last;
    }

    /**
     * Returns when the program succeeded and had nothing to complain about.
     *
     * @param consequence what the failure means for the data and what to do next
     * @throws dev.belay.problem.ProblemException DISK_FULL or TOOL_FAILED with PostgreSQL's own message
     */
    synchronized void requireSuccess(int exitCode, String consequence) {
        if (exitCode == 0 && complaints.isEmpty()) {
            return;
        }
        String said = complaints.isEmpty() ? "it said nothing" : String.join("\n", complaints);
        String rights = RIGHTS.matcher(said).find() ? " " + SqlStates.RIGHTS : "";
        String detail = prefix + ended(exitCode) + " " + consequence + rights + " It said:\n" + said;
        throw (FULL.matcher(said).find() || exitCode == 128 + 25 ? ProblemType.DISK_FULL : ProblemType.TOOL_FAILED)
                .because(detail);
    }

    private static String ended(int exitCode) {
        if (exitCode == 0) {
            return "ended with warnings, so something may be missing.";
        }
        return exitCode > 128
                ? "was killed by signal " + (exitCode - 128) + "."
                : "failed with exit code " + exitCode + ".";
    }
}
