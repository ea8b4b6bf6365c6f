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

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
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
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What each package may use, and what nobody may do. */
@AnalyzeClasses(packages = "dev.belay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule arrows_run_one_way = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("problem")
            .definedBy("dev.belay.problem..")
            .layer("postgres")
            .definedBy("dev.belay.postgres..")
            .layer("catalog")
            .definedBy("dev.belay.catalog..")
            .layer("embedded")
            .definedBy("dev.belay.embedded..")
            .layer("database")
            .definedBy("dev.belay.database..")
            .layer("scratch")
            .definedBy("dev.belay.scratch..")
            .layer("job")
            .definedBy("dev.belay.job..")
            .layer("run")
            .definedBy("dev.belay.run..")
            .layer("backup")
            .definedBy("dev.belay.backup..")
            .layer("migration")
            .definedBy("dev.belay.migration..")
            .layer("undo")
            .definedBy("dev.belay.undo..")
            .layer("restore")
            .definedBy("dev.belay.restore..")
            .layer("rollback")
            .definedBy("dev.belay.rollback..")
            .layer("state")
            .definedBy("dev.belay.state..")
            .layer("web")
            .definedBy("dev.belay.web..")
            .layer("health")
            .definedBy("dev.belay.health..")
            .layer("demo")
            .definedBy("dev.belay.demo..")
            .whereLayer("problem")
            .mayNotAccessAnyLayer()
            .whereLayer("postgres")
            .mayOnlyAccessLayers("problem")
            .whereLayer("catalog")
            .mayOnlyAccessLayers("problem", "postgres")
            .whereLayer("embedded")
            .mayOnlyAccessLayers("problem", "postgres")
            .whereLayer("database")
            .mayOnlyAccessLayers("problem", "postgres", "catalog")
            .whereLayer("scratch")
            .mayOnlyAccessLayers("problem", "postgres", "embedded", "database")
            .whereLayer("job")
            .mayOnlyAccessLayers("problem")
            .whereLayer("run")
            .mayOnlyAccessLayers("problem", "postgres", "database", "job")
            .whereLayer("backup")
            .mayOnlyAccessLayers("problem", "postgres", "catalog", "database", "scratch", "job", "run")
            .whereLayer("migration")
            .mayOnlyAccessLayers("problem", "postgres", "catalog", "database", "scratch", "job", "run", "backup")
            .whereLayer("undo")
            .mayOnlyAccessLayers(
                    "problem", "postgres", "catalog", "database", "scratch", "job", "run", "backup", "migration")
            .whereLayer("restore")
            .mayOnlyAccessLayers(
                    "problem", "postgres", "catalog", "database", "scratch", "job", "run", "backup", "migration")
            .whereLayer("rollback")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("state")
            .mayOnlyBeAccessedByLayers("web", "health")
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("health")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("demo")
            .mayOnlyAccessLayers("problem", "postgres", "embedded");

    @ArchTest
    static final ArchRule packages_are_free_of_cycles =
            slices().matching("dev.belay.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule processes_start_in_three_packages_only = noClasses()
            .that()
            .resideOutsideOfPackages("dev.belay.postgres..", "dev.belay.embedded..", "dev.belay.demo..")
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
            .resideOutsideOfPackage("dev.belay.demo..")
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
