package dev.belay.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.database.DatabaseRegistry;
import dev.belay.web.Madaris;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.TreeSet;
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
        Described document = Described.read();
        Noted noted = new Noted(document);
        Madaris madaris = new Madaris(databases);
        madaris.reset();
        madaris.migrate("1");

        Tour tour = new Tour(document, noted);
        tour.beforeTheMigration();
        tour.migration();
        tour.afterTheMigration();
        tour.rollback();
        tour.sims();
        tour.access();

        assertThat(tour.sent()).isEqualTo(requests(document));
        noted.holdCoverage();
        noted.holdExamples();
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
