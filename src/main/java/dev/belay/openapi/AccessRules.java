package dev.belay.openapi;

import dev.belay.access.Needs;
import dev.belay.access.Open;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Who may call an operation, as its annotation has it. */
final class AccessRules {

    private static final String SCHEME = "bearer";
    private static final DotName NEEDS = DotName.createSimple(Needs.class);
    private static final DotName OPEN = DotName.createSimple(Open.class);

    private final IndexView index;

    AccessRules(IndexView index) {
        this.index = index;
    }

    void declare(OpenAPI document) {
        document.getComponents()
                .setSecuritySchemes(Map.of(
                        SCHEME,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("belay_… or JWT")
                                .description(
                                        "A token that an admin has made by POST /tokens, or a JWT of the OIDC issuer that is"
                                                + " configured. What it may do depends on the roles it was given, for all databases or"
                                                + " for some: GATE asks gates; VIEWER reads; OPERATOR also starts and cancels jobs;"
                                                + " APPROVER also reads and approves plans; ADMIN does everything. Where callers are not"
                                                + " asked who they are, as in the demo, none is needed.")));
        document.setSecurity(List.of(OASFactory.createSecurityRequirement().addScheme(SCHEME)));
    }

    void describe(Operation operation, MethodInfo endpoint) {
        if (endpoint.hasAnnotation(OPEN)) {
            operation.setSecurity(List.of());
            return;
        }
        AnnotationInstance needs = endpoint.annotation(NEEDS);
        if (needs == null) {
            throw new IllegalStateException(endpoint + " does not say what it needs");
        }
        String role = needs.value().asEnum();
        Needs.Of of = Needs.Of.valueOf(needs.valueWithDefault(index, "of").asEnum());
        operation.addExtension("x-belay-needs", new TreeMap<>(Map.of("role", role, "of", of.name())));
        String said = Objects.requireNonNullElse(operation.getDescription(), operation.getSummary() + ".");
        operation.setDescription(said + "\n\n" + sentence(role, of));
    }

    private static String sentence(String role, Needs.Of of) {
        return switch (of) {
            case DATABASE -> "Needs the role " + role + " for the database.";
            case SOME -> "Needs the role " + role + " for at least one database; what belongs to others is left out.";
            case ALL -> "Needs the role " + role + " for all databases.";
        };
    }

    /** Whether everybody may call it. */
    static boolean isOpen(Operation operation) {
        return operation.getSecurity() != null && operation.getSecurity().isEmpty();
    }
}
