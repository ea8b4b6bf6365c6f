package dev.belay.limit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Limits that a test reaches soon, and clients that may say which address they come from. */
public class TightResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("belay.limits.rate", "5"),
                Map.entry("belay.limits.burst", "30"),
                Map.entry("belay.limits.failures", "5"),
                Map.entry("belay.limits.jobs", "3"),
                Map.entry("belay.limits.held", "2"),
                Map.entry("belay.limits.streams", "2"),
                Map.entry("belay.limits.request-timeout", "1s"),
                Map.entry("belay.limits.heartbeat", "500ms"),
                Map.entry("quarkus.http.idle-timeout", "3s"),
                Map.entry("quarkus.http.proxy.proxy-address-forwarding", "true"));
    }

    @Override
    public void stop() {}
}
