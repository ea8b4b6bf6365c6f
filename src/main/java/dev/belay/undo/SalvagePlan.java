package dev.belay.undo;

import java.util.List;

/**
 * What an undo takes away, and so what is copied first. Found in the rehearsal, by OID and attnum.
 *
 * @param losses in the order in which the versions are taken back
 */
record SalvagePlan(List<Loss> losses) {

    SalvagePlan {
        losses = List.copyOf(losses);
    }

    /**
     * Columns or a whole table that go away with one version.
     *
     * @param number its place among all losses of the job, from 1: what tells copies of tables of one name apart
     * @param version the module and version, such as {@code madaris 2}
     * @param key the primary key's columns, kept beside the values so that they can be told apart; may be empty
     * @param columns what goes away; all columns when the table itself does
     */
    record Loss(int number, String version, String schema, String table, List<String> key, List<String> columns) {

        Loss {
            key = List.copyOf(key);
            columns = List.copyOf(columns);
        }

        String shown() {
            return schema + "." + table + " (" + String.join(", ", columns) + ")";
        }
    }

    List<Loss> of(String version) {
        return losses.stream().filter(loss -> loss.version().equals(version)).toList();
    }
}
