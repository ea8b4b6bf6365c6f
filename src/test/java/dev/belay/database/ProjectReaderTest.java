package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectReaderTest {

    @TempDir
    Path folder;

    @Test
    void one_module_uses_the_history_table_of_plain_flyway() throws IOException {
        write("belay.yaml", "modules: [{name: app}]");
        write("app/V1__a.sql", "SELECT 1");

        ProjectModule module = read().module("app");

        assertThat(module.history()).isEqualTo("flyway_schema_history");
        assertThat(module.baseline()).isNull();
        assertThat(module.schema()).isEqualTo("public");
    }

    @Test
    void several_modules_have_a_history_table_each() throws IOException {
        write("belay.yaml", "modules: [{name: core}, {name: shop, history: own}]");
        write("core/V1__a.sql", "SELECT 1");
        write("shop/V1__a.sql", "SELECT 1");

        assertThat(read().modules())
                .extracting(ProjectModule::history)
                .containsExactly("flyway_schema_history_core", "own");
    }

    @Test
    void scripts_are_in_the_order_of_their_versions_as_numbers() throws IOException {
        write("belay.yaml", "modules: [{name: app}]");
        for (String name : new String[] {"V10__j.sql", "V2__b.sql", "sub/V1.5__a.sql", "U2__b.sql", "R__v.sql"}) {
            write("app/" + name, "SELECT 1");
        }

        ProjectModule module = read().module("app");

        assertThat(module.of(Script.Kind.VERSIONED))
                .extracting(Script::file)
                .containsExactly("sub/V1.5__a.sql", "V2__b.sql", "V10__j.sql");
        assertThat(module.latest().orElseThrow().getVersion()).isEqualTo("10");
        assertThat(module.undoOf(module.of(Script.Kind.UNDO).get(0).migrationVersion()))
                .isPresent();
        assertThat(module.of(Script.Kind.REPEATABLE))
                .extracting(Script::version)
                .containsExactly((String) null);
    }

    @Test
    void what_is_no_script_is_left_alone() throws IOException {
        write("belay.yaml", "modules: [{name: app}]");
        write("app/V1__a.sql", "SELECT 1");
        write("app/README.md", "hello");

        assertThat(read().module("app").scripts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "V2_one_underscore.sql",
                "v2__lower_case.sql",
                "V__no_version.sql",
                "R2__x.sql",
                "V2__.sql",
                "2__x.sql",
                "Vx__y.sql",
                "seed.sql"
            })
    void a_file_that_looks_like_a_script_but_is_none_is_refused(String name) throws IOException {
        write("belay.yaml", "modules: [{name: app}]");
        write("app/" + name, "SELECT 1");

        assertThatThrownBy(this::read).isInstanceOf(ProblemException.class).hasMessageContaining(name);
    }

    @Test
    void an_undo_script_without_its_version_is_refused() throws IOException {
        write("belay.yaml", "modules: [{name: app}]");
        write("app/U2__a.sql", "SELECT 1");

        assertThatThrownBy(this::read).hasMessageContaining("U2__a.sql has no versioned script");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|it is empty",
                "project: x|it names no modules",
                "modules: []|it names no modules",
                "modules: [{name: App}]|lower-case letters",
                "modules: [{path: app}]|this one has null",
                "modules: [null]|this one has null",
                "modules: [{name: app}, {name: app}]|names the module app twice",
                "modules: [{name: app}, {name: b, path: app, history: flyway_schema_history_app}]|share the history",
                "modules: [{name: app, path: nowhere}]|has no folder nowhere",
                "modules: [{name: app, path: ..}]|outside the project",
                "modules: [{name: app, path: /tmp}]|outside the project",
                "modules: {name: app}|line 1",
                "'modules: ['|line"
            })
    void what_is_wrong_with_the_file_is_said(String yaml, String fault) throws IOException {
        Files.createDirectory(folder.resolve("app"));
        write("belay.yaml", yaml);

        assertThatThrownBy(this::read)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(fault)
                .hasMessageNotContaining("dev.belay");
    }

    private Project read() {
        return ProjectReader.read("test", folder);
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
