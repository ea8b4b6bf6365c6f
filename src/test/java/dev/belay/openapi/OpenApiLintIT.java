package dev.belay.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the two common linters say of the document: nothing. They need Node 20.19 or newer; without it this is left out. */
class OpenApiLintIT {

    private static final Path TOOLS = Path.of("target", "openapi-lint");
    private static final Path INSTALLED = TOOLS.resolve("package-lock.installed.json");
    private static final Path LOCK = Path.of("openapi", "package-lock.json");

    @BeforeAll
    static void install() throws IOException {
        assumeThat(hasNode())
                .as("Node 20.19 or newer with npm is not here, so the linters of openapi.yaml are not run")
                .isTrue();
        if (Files.exists(INSTALLED) && Files.mismatch(INSTALLED, LOCK) < 0) {
            return;
        }
        Files.createDirectories(TOOLS);
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.copy(Path.of("openapi", file), TOOLS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Said said = run("npm", "ci", "--prefix", TOOLS.toString(), "--ignore-scripts", "--no-audit", "--no-fund");
        assertThat(said.status).as(said.text).isZero();
        Files.copy(LOCK, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean hasNode() {
        try {
            Said node = run("node", "-p", "const [a, b] = process.versions.node.split('.').map(Number); a * 100 + b");
            return node.status == 0
                    && Integer.parseInt(node.text.strip()) >= 2019
                    && run("npm", "--version").status == 0;
        } catch (IOException e) {
            // it is not there
            return false;
        }
    }

    @Test
    void spectral_finds_nothing() throws IOException {
        Said said = run(
                tool("spectral"),
                "lint",
                "--ruleset",
                "openapi/spectral.yaml",
                "--fail-severity",
                "hint",
                Described.FILE.toString());

        assertThat(said.text).contains("No results with a severity of 'hint' or higher found!");
        assertThat(said.status).isZero();
    }

    @Test
    void redocly_finds_nothing() throws IOException {
        Said said = run(
                tool("redocly"),
                "lint",
                "--config",
                "openapi/redocly.yaml",
                "--format",
                "json",
                Described.FILE.toString());

        assertThat(said.text)
                .containsPattern("\"errors\": 0,\\s+\"warnings\": 0,\\s+\"ignored\": 0")
                .contains("\"problems\": []");
        assertThat(said.status).isZero();
    }

    private static String tool(String name) {
        return TOOLS.resolve("node_modules/.bin").resolve(name).toString();
    }

    private record Said(int status, String text) {}

    private static Said run(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(words))).redirectErrorStream(true);
        builder.environment().put("REDOCLY_TELEMETRY", "off");
        builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        builder.environment().put("NO_UPDATE_NOTIFIER", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.onExit().join().exitValue(), text);
    }
}
