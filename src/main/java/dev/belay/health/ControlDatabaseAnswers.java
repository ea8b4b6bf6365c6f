package dev.belay.health;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Down while the control database does not answer. Whoever asks is not known, so that why it is goes to the log alone. */
@Readiness
class ControlDatabaseAnswers implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(ControlDatabaseAnswers.class);
    private static final int PATIENCE_SECONDS = 5;

    private final DataSource control;

    ControlDatabaseAnswers(DataSource control) {
        this.control = control;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("control database").status(answers()).build();
    }

    private boolean answers() {
        try (Connection session = control.getConnection()) {
            return session.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            LOG.warnf("the control database does not answer: %s", e.getMessage());
            return false;
        }
    }
}
