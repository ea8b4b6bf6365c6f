package dev.belay.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** Reads the plan of the migration, and approves it: not the one who asked, and no other plan than this one. */
public final class FourEyes {

    private static final String REVIEWER = "yusuf";

    private final Stage stage;

    public FourEyes(Stage stage) {
        this.stage = stage;
    }

    public void approve(String job) throws IOException, InterruptedException {
        Narrator narrator = stage.narrator();
        JsonNode view = stage.client().get(job + "/plan").body();
        String digest = view.path("digest").asText();
        JsonNode plan = view.path("plan");
        Files.writeString(stage.folders().plan(), stage.client().read(job + "/plan", "text/html"));
        narrator.note("The plan's risk is " + plan.path("risk").path("level").asText() + ". First of "
                + plan.path("risk").path("reasons").size() + " reasons: "
                + plan.path("risk").path("reasons").path(0).path("text").asText() + ".");
        long unticked = 0;
        for (JsonNode item : plan.path("checklist")) {
            unticked += item.path("ticked").asBoolean() ? 0 : 1;
        }
        narrator.note(plan.path("checklist").size() + " boxes are on its checklist, " + unticked
                + " of them not ticked; " + plan.path("statements").size() + " statements were traced, and "
                + plan.path("advice").size() + " of them get advice.");
        narrator.check("The plan holds", 0, view.path("stale").size());
        narrator.check("Who asked may not approve", 403, approve(Jobs.OPERATOR, job, digest));
        narrator.check("Another plan's digest is not taken", 412, approve(REVIEWER, job, another(digest)));
        narrator.check("Somebody else approves this plan", 201, approve(REVIEWER, job, digest));
    }

    /** A digest may well have no character in particular. */
    static String another(String digest) {
        return digest.substring(0, digest.length() - 1) + (digest.endsWith("0") ? "1" : "0");
    }

    private int approve(String who, String job, String digest) throws IOException, InterruptedException {
        return stage.client()
                .post(who, job + "/approvals", Map.of("planDigest", digest))
                .status();
    }
}
