package dev.belay.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds who writes a draft, and what that one was told. */
@ApplicationScoped
class Kinds {

    private final Instance<Author<?>> authors;
    private final DatabaseRegistry databases;
    private final Validator validator;
    private final ObjectMapper json;

    Kinds(@Any Instance<Author<?>> authors, DatabaseRegistry databases, Validator validator, ObjectMapper json) {
        this.authors = authors;
        this.databases = databases;
        this.validator = validator;
        this.json = json;
    }

    /** An author with the fields that are meant for it. */
    record Bound<F>(Author<F> author, F fields) {

        void inspect(Commission commission) throws Exception {
            author.inspect(fields, commission);
        }

        Draft write(Desk desk) throws Exception {
            return author.write(fields, desk);
        }

        DraftProof prove(Desk desk, Draft draft) throws Exception {
            return author.prove(fields, desk, draft);
        }

        List<Problem.FieldError> faults(Commission commission) {
            return author.faults(fields, commission);
        }
    }

    /** @throws ProblemException INVALID_REQUEST, with JSON pointers */
    void check(DraftRequest request) throws JsonProcessingException {
        Bound<?> bound = bound(request);
        Commission commission = commission(request);
        List<String> modules =
                commission.project().modules().stream().map(ProjectModule::name).toList();
        List<Problem.FieldError> errors = new ArrayList<>();
        if (request.module() == null && bound.author().isForOneModule() && modules.size() > 1) {
            errors.add(new Problem.FieldError("#/module", "must be one of " + modules));
        } else if (request.module() != null && !modules.contains(request.module())) {
            errors.add(new Problem.FieldError("#/module", "must be one of " + modules));
        } else {
            errors.addAll(bound.faults(commission));
        }
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
    }

    Bound<?> bound(DraftRequest request) throws JsonProcessingException {
        List<String> known = new ArrayList<>();
        for (Author<?> author : authors) {
            if (author.kind().equals(request.kind())) {
                return bound(author, request);
            }
            known.add(author.kind());
        }
        throw invalid(List.of(new Problem.FieldError(
                "#/kind", "must be one of " + known.stream().sorted().toList())));
    }

    private <F> Bound<F> bound(Author<F> author, DraftRequest request) throws JsonProcessingException {
        // As text, so that what is wrong with it has a place.
        F fields = json.readValue(json.writeValueAsString(request.fields()), author.fields());
        Set<ConstraintViolation<F>> violations = validator.validate(fields);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return new Bound<>(author, fields);
    }

    Commission commission(DraftRequest request) {
        ManagedDatabase database = databases.require(request.database());
        return commission(request, databases.project(database));
    }

    Commission commission(DraftRequest request, Project project) {
        ManagedDatabase database = databases.require(request.database());
        return new Commission(request, database, project, databases.projectFolder(database));
    }

    private static ProblemException invalid(List<Problem.FieldError> errors) {
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                "The request breaks the rules that errors lists. Nothing was done. Mend it, then send it again.",
                errors,
                null);
    }
}
