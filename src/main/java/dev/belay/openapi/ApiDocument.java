package dev.belay.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Completes what the annotations say with what they cannot say once for all. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {

    private final IndexView index;
    private final AccessRules access;
    private final Examples examples = Examples.read();

    public ApiDocument(IndexView index) {
        this.index = index;
        this.access = new AccessRules(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.setServers(
                List.of(OASFactory.createServer().url("/").description("The Belay that serves this document")));
        document.setTags(Order.tags());
        access.declare(document);
        Headers.declare(document.getComponents());
        Failure.declare(document.getComponents());
        new Shapes(index).complete(document.getComponents().getSchemas());
        Endpoints endpoints = Endpoints.of(index);
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .forEach((method, operation) ->
                                describe(path, method, operation, endpoints.require(path, method))));
        examples.declare(document.getComponents());
        Order.sort(document);
    }

    private void describe(String path, HttpMethod method, Operation operation, MethodInfo endpoint) {
        if (operation.getOperationId() == null) {
            operation.setOperationId(OperationNames.of(path, method));
        }
        Parameters.describe(path, operation, examples.parameters(path));
        access.describe(operation, endpoint);
        Headers.describe(operation);
        Failure.describe(path, operation);
        examples.describe(operation);
    }
}
