package dev.belay.limit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** As it comes, but one test may send as much as many callers would. */
public class CrowdResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("belay.limits.burst", "10000", "belay.limits.held", "1000", "belay.limits.bodies", "1000");
    }

    @Override
    public void stop() {}
}
