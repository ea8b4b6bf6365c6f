package dev.belay.check;

import dev.belay.database.Project;
import dev.belay.database.ProjectChecks;
import dev.belay.database.ProjectModule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which checks and samples a job asks, as they were written when it looked.
 *
 * @param notYet those of a version that the job does not reach
 * @param schemas what they find first on their search path
 */
public record CheckPlan(
        List<ProjectChecks.Check> checks,
        List<ProjectChecks.Sample> samples,
        List<CheckResult> notYet,
        List<String> schemas,
        Duration timeout) {

    public CheckPlan {
        checks = List.copyOf(checks);
        samples = List.copyOf(samples);
        notYet = List.copyOf(notYet);
        schemas = List.copyOf(schemas);
    }

    /**
     * What of a project is asked by a job.
     *
     * @param versions where the job leads each module; one that has no version is not in it
     */
    public static CheckPlan of(Project project, Map<String, String> versions) {
        return of(project, versions, false);
    }

    /** The same for an acceptance, which asks everything that the versions have reached. */
    public static CheckPlan forAcceptance(Project project, Map<String, String> versions) {
        return of(project, versions, true);
    }

    private static CheckPlan of(Project project, Map<String, String> versions, boolean acceptance) {
        List<ProjectChecks.Check> checks = new ArrayList<>();
        List<ProjectChecks.Sample> samples = new ArrayList<>();
        List<CheckResult> notYet = new ArrayList<>();
        for (ProjectChecks.Check check : project.checks().checks()) {
            if (check.atAcceptance() && !acceptance) {
                notYet.add(CheckResult.notRun(check.name(), kind(check), "asked by POST /acceptances alone"));
            } else if (isReached(check.since(), versions)) {
                checks.add(check);
            } else {
                notYet.add(notYet(check.name(), kind(check), check.since()));
            }
        }
        for (ProjectChecks.Sample sample : project.checks().samples()) {
            if (isReached(sample.since(), versions)) {
                samples.add(sample);
            } else {
                notYet.add(notYet(sample.name(), CheckResult.Kind.SAMPLE, sample.since()));
            }
        }
        return new CheckPlan(
                checks,
                samples,
                notYet,
                project.modules().stream().map(ProjectModule::schema).distinct().toList(),
                project.checks().timeout());
    }

    static CheckResult.Kind kind(ProjectChecks.Check check) {
        return switch (check.kind()) {
            case SQL -> CheckResult.Kind.SQL;
            case NO_ROWS -> CheckResult.Kind.NO_ROWS;
            case HTTP -> CheckResult.Kind.HTTP;
            case APPLIED -> CheckResult.Kind.APPLIED;
            case LOGIN -> CheckResult.Kind.LOGIN;
            case READABLE -> CheckResult.Kind.READABLE;
            case REFUSED -> CheckResult.Kind.REFUSED;
        };
    }

    private static boolean isReached(ProjectChecks.@Nullable Since since, Map<String, String> versions) {
        return since == null || since.isReached(versions.get(since.module()));
    }

    private static CheckResult notYet(String name, CheckResult.Kind kind, ProjectChecks.@Nullable Since since) {
        return CheckResult.notRun(name, kind, "holds from " + since + " on");
    }
}
