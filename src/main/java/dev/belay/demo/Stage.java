package dev.belay.demo;

/** What every part of the demo plays on. */
record Stage(Folders folders, Narrator narrator, School school, Client client, Jobs jobs) {

    /** Asks the gate that a pod of the new release waits at, for version 2. */
    int gate() throws Exception {
        return client.get("/databases/madaris/gate?module=madaris&min=2").status();
    }
}
