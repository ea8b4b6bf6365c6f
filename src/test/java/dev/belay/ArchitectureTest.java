package dev.belay;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import dev.belay.access.Needs;
import dev.belay.access.Open;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What each package may use, and what nobody may do. */
@AnalyzeClasses(packages = "dev.belay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Each package with those it may use; what a package may use, its users may use too. */
    private static final Map<String, List<String>> ARROWS = arrows("""
            problem:
            diagram:
            postgres: problem
            catalog: postgres diagram
            reversal: catalog
            embedded: postgres
            sql: postgres
            trace: sql catalog
            policy: problem
            database: catalog sql policy
            rules: trace sql
            scratch: database embedded
            access: database
            trail: access
            limit: problem
            job: trail limit
            run: job database
            backup: run scratch
            standby: backup
            scope: database
            ownership: scope trace
            script: scope run
            audit: scope run backup
            check: run
            salvage: scope
            drift: scope run
            review: reversal sql
            rehearsal: script ownership trace review backup audit check
            draft: review script backup
            diff: draft
            rename: draft
            squash: draft
            grant: draft
            plan: rehearsal rules policy diagram drift
            approval: plan
            byhand: rehearsal
            migration: approval drift byhand standby
            relabel: squash migration
            undo: migration salvage
            restore: migration salvage
            rollback: undo restore
            roles: migration
            state: backup drift
            project: access
            web: state
            openapi: access
            health: state
            stage: embedded
            madaris: stage
            sims: stage
            demo: madaris sims
            acceptance: check
            masking: database
            takeover: migration
            reset: takeover
            refresh: takeover masking
            """);

    private static Map<String, List<String>> arrows(String text) {
        Map<String, List<String>> arrows = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            List<String> words = List.of(line.split("[: ]+"));
            arrows.put(words.get(0), words.subList(1, words.size()));
        });
        return arrows;
    }

    @ArchTest
    static void arrows_run_one_way(JavaClasses classes) {
        Architectures.LayeredArchitecture layers =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : ARROWS.keySet()) {
            layers = layers.layer(name).definedBy("dev.belay." + name + "..");
        }
        for (String name : ARROWS.keySet()) {
            Set<String> usable = usableBy(name);
            layers = usable.isEmpty()
                    ? layers.whereLayer(name).mayNotAccessAnyLayer()
                    : layers.whereLayer(name).mayOnlyAccessLayers(usable.toArray(String[]::new));
        }
        layers.check(classes);
    }

    private static Set<String> usableBy(String name) {
        Set<String> usable = new TreeSet<>();
        for (String used : Objects.requireNonNull(ARROWS.get(name))) {
            usable.add(used);
            usable.addAll(usableBy(used));
        }
        return usable;
    }

    @ArchTest
    static void every_package_has_its_arrows(JavaClasses classes) {
        assertThat(classes.stream()
                        .map(type -> type.getPackageName().replaceFirst("^dev\\.belay\\.?", ""))
                        .filter(name -> !name.isEmpty()))
                .isSubsetOf(ARROWS.keySet());
    }

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("dev.belay.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule endpoints_say_what_they_need = methods()
            .that()
            .areAnnotatedWith(GET.class)
            .or()
            .areAnnotatedWith(POST.class)
            .or()
            .areAnnotatedWith(DELETE.class)
            .should()
            .beAnnotatedWith(Needs.class)
            .orShould()
            .beAnnotatedWith(Open.class);

    @ArchTest
    static final ArchRule processes_start_in_three_packages_only = noClasses()
            .that()
            .resideOutsideOfPackages("dev.belay.postgres..", "dev.belay.embedded..", "dev.belay.stage..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String.class)
            .orShould()
            .callMethod(Runtime.class, "exec", String[].class);

    @ArchTest
    static final ArchRule http_is_spoken_by_resources_and_problems_only = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Resource")
            .and()
            .haveSimpleNameNotEndingWith("Filter")
            .and()
            .doNotHaveSimpleName("TrailQuery")
            .and()
            .doNotHaveSimpleName("JobEndpoints")
            .and()
            .doNotHaveSimpleName("JobWatch")
            .and()
            .doNotHaveSimpleName("CallerHeader")
            .and()
            .doNotHaveSimpleName("Caller")
            .and()
            .resideOutsideOfPackage("dev.belay.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule no_entity_is_in_a_public_signature_of_a_resource = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(DescribedPredicate.describe(
                    "are resources",
                    type -> type.getSimpleName().endsWith("Resource")
                            || type.getSimpleName().equals("JobEndpoints")))
            .should(notNameAnEntity());

    @ArchTest
    static final ArchRule nothing_is_injected_into_fields =
            noFields().should().beAnnotatedWith(Inject.class).orShould().beAnnotatedWith(ConfigProperty.class);

    @ArchTest
    static final ArchRule time_comes_from_the_one_clock = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.belay.ClockProducer")
            .and()
            .resideOutsideOfPackage("dev.belay.stage..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    @ArchTest
    static final ArchRule standard_streams_belong_to_the_start_and_the_demo = noClasses()
            .that(are(DescribedPredicate.not(resideInAPackage("dev.belay.demo..")
                    .or(DescribedPredicate.describe(
                            "Belay", type -> type.getFullName().equals("dev.belay.Belay"))))))
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule no_package_is_a_drawer = noClasses()
            .should(resideIn("dev.belay..util..", "dev.belay..common..", "dev.belay..impl..", "dev.belay..helper.."))
            .because("a package is named after what lives in it");

    @ArchTest
    static final ArchRule every_package_is_one_level_deep =
            classes().should(resideIn("dev.belay", "dev.belay.*")).because("a feature is found by its package");

    private static ArchCondition<JavaClass> resideIn(String... packages) {
        DescribedPredicate<JavaClass> inside = resideInAnyPackage(packages);
        return new ArchCondition<>(inside.getDescription()) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type, inside.test(type), type.getFullName() + " is in " + type.getPackageName()));
            }
        };
    }

    private static ArchCondition<JavaMethod> notNameAnEntity() {
        return new ArchCondition<>("not name an entity") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(method.getAllInvolvedRawTypes().stream(), Stream.of(method.getRawReturnType()))
                        .filter(type -> type.isAnnotatedWith(Entity.class))
                        .forEach(type -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names the entity " + type.getName())));
            }
        };
    }
}
