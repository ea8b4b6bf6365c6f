package dev.belay.reset;

import java.util.List;

/**
 * What a flush empties.
 *
 * @param tables as SQL writes them
 * @param views materialised views that are filled again, in order
 * @param foreign tables, and partitioned ones with such partitions, whose rows are on other servers and stay
 */
record Flushed(List<String> tables, List<String> views, List<String> foreign) {

    Flushed {
        tables = List.copyOf(tables);
        views = List.copyOf(views);
        foreign = List.copyOf(foreign);
    }
}
