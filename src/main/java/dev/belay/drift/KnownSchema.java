package dev.belay.drift;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The catalog of one database as the last job that changed it left it. */
@Entity
@Table(name = "known_schema")
class KnownSchema extends PanacheEntityBase {

    @Id
    String database;

    @Column(name = "job_id")
    UUID jobId;

    Instant at;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode catalog;

    String digest;

    protected KnownSchema() {}

    KnownSchema(String database) {
        this.database = database;
    }

    /**
     * The known schema, unless a later job is changing the database or has left it in between: what is found then is that
     * job's doing.
     */
    static Optional<KnownSchema> standing(String database) {
        return find(
                        "from KnownSchema k where k.database = ?1 and not exists (select 1 from Job later, Job own"
                                + " where own.id = k.jobId and later.database = k.database and later.number > own.number"
                                + " and (later.databaseState = dev.belay.job.DatabaseState.INDETERMINATE"
                                + " or (later.noReturn and later.finishedAt is null)))",
                        database)
                .firstResultOptional();
    }
}
