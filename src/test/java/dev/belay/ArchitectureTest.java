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
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
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
    private static final Map<String, List<String>> ARROWS = arrows();

    private static Map<String, List<String>> arrows() {
        Map<String, List<String>> arrows = new LinkedHashMap<>(ofDrafts());
        arrows.put("problem", List.of());
        arrows.put("diagram", List.of());
        arrows.put("postgres", List.of("problem"));
        arrows.put("catalog", List.of("postgres", "diagram"));
        arrows.put("reversal", List.of("catalog"));
        arrows.put("embedded", List.of("postgres"));
        arrows.put("sql", List.of("postgres"));
        arrows.put("trace", List.of("sql", "catalog"));
        arrows.put("policy", List.of("problem"));
        arrows.put("database", List.of("catalog", "sql", "policy"));
        arrows.put("rules", List.of("trace", "sql"));
        arrows.put("scratch", List.of("database", "embedded"));
        arrows.put("job", List.of("problem"));
        arrows.put("run", List.of("job", "database"));
        arrows.put("backup", List.of("run", "scratch"));
        arrows.put("standby", List.of("backup"));
        arrows.put("scope", List.of("database"));
        arrows.put("ownership", List.of("scope", "trace"));
        arrows.put("script", List.of("scope", "run"));
        arrows.put("audit", List.of("scope", "run", "backup"));
        arrows.put("check", List.of("run"));
        arrows.put("acceptance", List.of("check"));
        arrows.put("salvage", List.of("scope"));
        arrows.put("drift", List.of("scope", "run"));
        arrows.put("rehearsal", List.of("script", "ownership", "trace", "reversal", "backup", "audit", "check", "review"));
        arrows.put("review", List.of("reversal", "sql"));
        arrows.put("draft", List.of("review", "script", "backup"));
        arrows.put("plan", List.of("rehearsal", "rules", "policy", "diagram", "drift"));
        arrows.put("approval", List.of("plan"));
        arrows.put("byhand", List.of("rehearsal"));
        arrows.put("migration", List.of("approval", "drift", "byhand", "standby"));
        arrows.put("undo", List.of("migration", "salvage"));
        arrows.put("restore", List.of("migration", "salvage"));
        arrows.put("rollback", List.of("undo", "restore"));
        arrows.put("roles", List.of("migration"));
        arrows.put("state", List.of("backup", "drift"));
        arrows.put("project", List.of("database"));
        arrows.put("web", List.of("state"));
        arrows.put("health", List.of("state"));
        arrows.putAll(replacing());
        arrows.putAll(ofDemos());
        return arrows;
    }

    /** The kinds of drafts, and what comes of them. */
    private static Map<String, List<String>> ofDrafts() {
        return Map.of(
                "rename", List.of("draft"),
                "squash", List.of("draft"),
                "relabel", List.of("squash", "migration"));
    }

    /** Jobs that put one database in the place of another. */
    private static Map<String, List<String>> replacing() {
        return Map.of(
                "masking", List.of("database"),
                "takeover", List.of("migration"),
                "reset", List.of("takeover"),
                "refresh", List.of("takeover", "masking"));
    }

    private static Map<String, List<String>> ofDemos() {
        return Map.of(
                "stage", List.of("embedded"),
                "madaris", List.of("stage"),
                "sims", List.of("stage"),
                "demo", List.of("madaris", "sims"));
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
            .doNotHaveSimpleName("JobEndpoints")
            .and()
            .doNotHaveSimpleName("JobWatch")
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
