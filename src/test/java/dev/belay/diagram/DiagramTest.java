package dev.belay.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.diagram.Diagram.Column;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class DiagramTest {

    private static final Diagram DIAGRAM = new Diagram.Builder()
            .box("shop.orders", "12 rows", Column.MIDDLE)
            .box("shop.\"odd <&> name\"", "", Column.LEFT)
            .box("shop.orders", "again", Column.LEFT)
            .arrow("shop.\"odd <&> name\"", "shop.orders", "order_id ON DELETE CASCADE")
            .arrow("shop.orders", "shop.orders", "parent")
            .build();

    @Test
    void what_is_called_alike_is_one_box() {
        assertThat(DIAGRAM.boxes()).hasSize(2);
    }

    @Test
    void mermaid_gets_no_character_that_it_would_read_as_its_own() {
        assertThat(DIAGRAM.mermaid().lines())
                .contains("    n0[\"shop.orders<br/>12 rows\"]")
                .contains("    n1[\"shop.#34;odd #60;#38;#62; name#34;\"]")
                .contains("    n1 -->|\"order_id ON DELETE CASCADE\"| n0")
                .contains("    n0 -->|\"parent\"| n0");
    }

    @Test
    void graphviz_gets_quoted_names() {
        assertThat(DIAGRAM.dot())
                .contains("n1 [label=\"shop.\\\"odd <&> name\\\"\"];")
                .endsWith("}\n");
    }

    @Test
    void the_picture_is_well_formed_and_has_every_box_and_arrow() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(DIAGRAM.svg().getBytes(StandardCharsets.UTF_8)));

        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(3);
    }
}
