package dev.belay.openapi;

import static io.restassured.RestAssured.get;

import dev.belay.BelayTestResource;
import dev.belay.database.DatabaseRegistry;
import dev.belay.web.Madaris;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The document's examples are true: each request is sent as it stands to a Belay that has the databases they name, and what
 * comes back is as described, down to the fields of the examples of answers.
 */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(ExampleDatabases.class)
class ExamplesIT {

    private final DatabaseRegistry databases;

    ExamplesIT(DatabaseRegistry databases) {
        this.databases = databases;
    }

    @Test
    void what_the_document_gives_as_examples_is_what_is_asked_and_answered() {
        Described document = Described.parse(get("/q/openapi?format=yaml").asString());
        Noted noted = new Noted(document);
        Madaris madaris = new Madaris(databases);
        madaris.reset();
        madaris.migrate("1");

        Tour tour = new Tour(document, noted, new Sims(databases));
        // what is wrong with one kind of job does not hide what is wrong with another
        SoftAssertions all = new SoftAssertions();
        for (ThrowingCallable part : tour.parts()) {
            all.assertThatCode(part).doesNotThrowAnyException();
        }
        all.assertThat(noted.faults()).isEmpty();
        all.assertThat(tour.sent()).isEqualTo(requests(document));
        all.assertThat(noted.answered()).isEqualTo(noted.described());
        all.assertThatCode(noted::holdExamples).doesNotThrowAnyException();
        all.assertAll();
    }

    private static Set<String> requests(Described document) {
        Set<String> requests = new TreeSet<>();
        document.operations()
                .forEach(operation -> operation
                        .node()
                        .at("/requestBody/content/application~1json/examples")
                        .fieldNames()
                        .forEachRemaining(name -> requests.add(operation.id() + ": " + name)));
        return requests;
    }
}
