package dev.belay.diagram;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;

/** What every resource that can be drawn answers alike: JSON, or a diagram in one of three forms, by Accept. */
public abstract class DiagramResource {

    protected static final String MERMAID = "text/vnd.mermaid";
    protected static final String GRAPHVIZ = "text/vnd.graphviz";
    protected static final String SVG = "image/svg+xml";

    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE,
                    MediaType.valueOf(MERMAID),
                    MediaType.valueOf(GRAPHVIZ),
                    MediaType.valueOf(SVG))
            .build();

    /**
     * Answers in the form that is wanted most.
     *
     * @param view what is answered as JSON, the default
     */
    protected static Response answer(Object view, Diagram diagram, Request request) {
        Variant variant = request.selectVariant(VARIANTS);
        MediaType type = variant == null ? MediaType.APPLICATION_JSON_TYPE : variant.getMediaType();
        return switch (type.toString()) {
            case MERMAID -> text(diagram.mermaid(), type);
            case GRAPHVIZ -> text(diagram.dot(), type);
            case SVG -> text(diagram.svg(), type);
            default -> Response.ok(view, MediaType.APPLICATION_JSON_TYPE).build();
        };
    }

    private static Response text(String drawn, MediaType type) {
        return Response.ok(drawn, type.withCharset("UTF-8")).build();
    }
}
