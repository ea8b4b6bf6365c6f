package dev.belay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final CatalogObject TABLE = new CatalogObject("table", "shop.orders", "{}");
    private static final CatalogObject COLUMN = new CatalogObject("column", "\"Shop\".\"a.b\".c", "{}");

    @Test
    void the_order_in_which_objects_were_read_does_not_matter() {
        assertThat(new Catalog(List.of(TABLE, COLUMN)).digest())
                .isEqualTo(new Catalog(List.of(COLUMN, TABLE)).digest());
    }

    @Test
    void two_objects_of_one_name_are_refused() {
        assertThatThrownBy(() -> new Catalog(List.of(TABLE, TABLE))).hasMessageContaining("table shop.orders");
    }

    @Test
    void a_schema_is_left_out_with_all_that_is_in_it() {
        Catalog catalog = new Catalog(List.of(
                TABLE,
                COLUMN,
                new CatalogObject("schema", "shop", "{}"),
                new CatalogObject("table", "shopping.x", "{}")));

        assertThat(catalog.withoutSchema("shop").objects())
                .extracting(CatalogObject::identity)
                .containsExactly("\"Shop\".\"a.b\".c", "shopping.x");
        assertThat(catalog.withoutSchema("Shop").objects()).doesNotContain(COLUMN);
    }

    @Test
    void a_difference_shows_only_where_two_long_texts_differ() {
        String start = "x".repeat(500);
        Difference difference =
                new Difference("function", "f()", Difference.Kind.CHANGED, start + "1;" + start, start + "2;" + start);

        assertThat(difference.message())
                .startsWith("function f() differs: expected …x")
                .contains("x1;x", "x2;x");
        assertThat(difference.message().length()).isLessThan(250);
    }

    @Test
    void a_difference_in_a_repeated_letter_does_not_confuse_the_cut() {
        Difference difference = new Difference("function", "f()", Difference.Kind.CHANGED, "aaa", "aaaa");

        assertThat(difference.message()).isEqualTo("function f() differs: expected aaa but found aaaa");
    }

    @Test
    void a_cast_of_an_array_is_written_as_casts_of_its_elements() {
        assertThat(ArrayCasts.unified("ANY ((ARRAY['a'::character varying, 'b,]'')'::character varying])::text[])"))
                .isEqualTo("ANY (ARRAY[('a'::character varying)::text, ('b,]'')'::character varying)::text])");
    }

    @Test
    void an_array_without_a_cast_stays_as_it_is() {
        String plain = "f(ARRAY[1, 2], (ARRAY['x'])[1]) and (ARRAY[";

        assertThat(ArrayCasts.unified(plain)).isEqualTo(plain);
    }
}
