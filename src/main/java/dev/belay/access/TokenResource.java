package dev.belay.access;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tokens: made, listed, revoked. */
@Path("/tokens")
@Tag(name = "Access")
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

    private final Tokens tokens;
    private final Access access;
    private final UriInfo uri;

    TokenResource(Tokens tokens, Access access, UriInfo uri) {
        this.tokens = tokens;
        this.access = access;
        this.uri = uri;
    }

    @GET
    @Needs(value = Role.ADMIN, of = Needs.Of.ALL)
    @Operation(summary = "List all tokens, newest first, without their texts")
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content = @Content(schema = @Schema(implementation = TokenList.class)))
    public TokenList list() {
        return new TokenList(tokens.all());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(value = Role.ADMIN, of = Needs.Of.ALL)
    @Operation(
            summary = "Make a token",
            description = "Its text is in this answer and never told again. The first one that is an admin's for all"
                    + " databases ends the bootstrap token.")
    @APIResponse(
            responseCode = "201",
            description = "The token",
            content = @Content(schema = @Schema(implementation = NewToken.class)))
    public Response create(@NotNull @Valid TokenRequest request) {
        NewToken made = tokens.make(request, access.caller());
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return Response.created(
                        uri.getBaseUri().resolve("/tokens/" + made.view().id()))
                .cacheControl(never)
                .entity(made)
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Needs(value = Role.ADMIN, of = Needs.Of.ALL)
    @Operation(operationId = "revokeToken", summary = "Revoke a token, for good; again and again with the same result")
    @APIResponse(
            responseCode = "200",
            description = "The token, revoked",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    public TokenView revoke(@PathParam("id") UUID id) {
        return tokens.revoke(id, access.caller());
    }
}
