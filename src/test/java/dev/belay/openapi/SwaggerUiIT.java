package dev.belay.openapi;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on which a person tries the API out. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
class SwaggerUiIT {

    private static String page() {
        return get("/q/swagger-ui/").then().statusCode(200).extract().asString();
    }

    @Test
    void the_page_remembers_the_token_lets_try_out_and_leads_to_each_operation() {
        assertThat(page().replaceAll("\\s+", " "))
                .contains(
                        "persistAuthorization: true",
                        "tryItOutEnabled: true",
                        "deepLinking: true",
                        "docExpansion: 'list'");
    }

    @Test
    void the_page_loads_nothing_from_elsewhere() {
        List<String> addresses = Pattern.compile("(?:src|href|url)\\s*[=:]\\s*[\"']([^\"']+)")
                .matcher(page())
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();

        assertThat(addresses).contains("/q/openapi").noneMatch(address -> address.matches("(?i)(\\w+:)?//.*"));
        // unless told so, it asks validator.swagger.io
        assertThat(page()).contains("validatorUrl: 'none'");
        assertThat(get("/q/openapi").statusCode()).isEqualTo(200);
    }

    @Test
    void the_bare_address_leads_a_person_to_it() {
        assertThat(get("/").asString()).contains("swagger-ui");
    }
}
