package dev.belay.review;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;

/** What every resource with a review report answers alike: JSON, Markdown or a page that prints well, by Accept. */
public abstract class ReviewResource {

    protected static final String MARKDOWN = "text/markdown";

    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(MARKDOWN), MediaType.TEXT_HTML_TYPE)
            .build();

    protected static Response answer(ReviewView view, Request request) {
        Variant variant = request.selectVariant(VARIANTS);
        MediaType type = variant == null ? MediaType.APPLICATION_JSON_TYPE : variant.getMediaType();
        Object entity = switch (type.toString()) {
            case MARKDOWN -> ReviewPages.markdown(view);
            case MediaType.TEXT_HTML -> ReviewPages.html(view);
            default -> view;
        };
        return Response.ok(entity, entity instanceof String ? type.withCharset("UTF-8") : type)
                .build();
    }
}
