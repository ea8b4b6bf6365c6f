package dev.belay.rename;

import dev.belay.draft.Author;
import dev.belay.draft.Desk;
import dev.belay.draft.Draft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.sql.Connection;
import java.util.Objects;

/** Drafts of the kind {@code rename}. */
@ApplicationScoped
class RenameAuthor implements Author<RenameAuthor.Fields> {

    /** What such a request has besides what all have. */
    record Fields(@NotNull @Valid RenameRequest rename) {}

    @Override
    public String kind() {
        return "rename";
    }

    @Override
    public Class<Fields> fields() {
        return Fields.class;
    }

    /** From the live database, because Django's rows are in no copy. */
    @Override
    public Draft write(Fields fields, Desk desk) throws Exception {
        try (Connection session = desk.live().address().open()) {
            RenameScripts scripts = Renamer.write(session, fields.rename());
            String name = Objects.requireNonNullElse(desk.commission().request().name(), scripts.what());
            return new Draft(desk.version(desk.module(), name, scripts.forward(), scripts.back()), scripts.remarks());
        }
    }
}
