package dev.belay.web;

import dev.belay.access.Open;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Shows a person who opens the bare address what there is. */
@Path("/")
public class RootResource {

    @GET
    @Open
    @Operation(hidden = true)
    public Response welcome() {
        return Response.temporaryRedirect(URI.create("/q/swagger-ui")).build();
    }
}
