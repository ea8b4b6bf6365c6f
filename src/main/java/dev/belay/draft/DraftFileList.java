package dev.belay.draft;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The files of a draft. */
@Schema(name = "DraftFileList")
public record DraftFileList(List<Item> items) {

    public DraftFileList {
        items = List.copyOf(items);
    }

    /**
     * A file.
     *
     * @param path where it belongs below the project's folder
     * @param content the file itself
     * @param href where it is found by itself, as plain text
     */
    @Schema(name = "DraftFile")
    public record Item(
            @Schema(examples = "academics/V3__add_departments.sql")
            String path,

            long bytes,
            String content,
            String href) {}

    static DraftFileList of(Offer offer, URI files) {
        return new DraftFileList(offer.files().stream()
                .map(file -> new Item(
                        file.path(),
                        file.content().getBytes(StandardCharsets.UTF_8).length,
                        file.content(),
                        files + "/" + encoded(file.path())))
                .toList());
    }

    private static String encoded(String path) {
        return java.net.URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("%2F", "/")
                .replace("+", "%20");
    }
}
