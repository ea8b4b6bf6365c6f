package dev.belay.stage;

/** What every part of a demo plays on. */
public record Stage(Folders folders, Narrator narrator, Client client, Jobs jobs) {

    /** Asks the gate that a pod of a release waits at which needs a version of a module. */
    public int gate(String database, String module, String version) throws Exception {
        return client.get("/databases/" + database + "/gate?module=" + module + "&min=" + version)
                .status();
    }
}
