package dev.belay.salvage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes up a migration by doing it, one to six operations, and keeps what succeeded together with the way back. */
final class Migration {

    /** What an operation does and what takes it back; the latter need not bring back what is lost. */
    record Change(List<String> forward, List<String> back) {
        static Optional<Change> of(List<String> forward, List<String> back) {
            return Optional.of(new Change(forward, back));
        }
    }

    private final Dice dice;
    private final Session session;
    private final ColumnChanges columns;
    private final TableChanges tables;
    private final RowChanges rows;
    private final List<String> forward = new ArrayList<>();
    private final List<String> back = new ArrayList<>();

    Migration(Dice dice, Names names, Session session) {
        this.dice = dice;
        this.session = session;
        this.columns = new ColumnChanges(dice, names);
        this.tables = new TableChanges(dice, names);
        this.rows = new RowChanges(dice);
    }

    void run() throws SQLException {
        int operations = dice.between(1, 6);
        int attempts = 0;
        while (operations > 0 && attempts < 20) {
            attempts++;
            Optional<Change> change = next(Shape.read(session));
            if (change.isPresent() && session.tries(change.get().forward())) {
                forward.addAll(change.get().forward());
                back.addAll(0, change.get().back());
                operations--;
            }
        }
    }

    List<String> forward() {
        return forward;
    }

    List<String> back() {
        return back;
    }

    private Optional<Change> next(Shape shape) throws SQLException {
        if (shape.tables().isEmpty()) {
            return Optional.empty();
        }
        Shape.Table table = dice.one(shape.tables());
        return switch (dice.between(0, 24)) {
            case 0, 1 -> tables.rename(table);
            case 2 -> tables.renameInCycle(shape);
            case 3 -> tables.drop(table);
            case 4, 5 -> tables.split(table);
            case 6 -> tables.merge(table, dice.one(shape.tables()));
            case 7 -> tables.move(table);
            case 8, 9 -> columns.rename(table);
            case 10 -> columns.swap(table);
            case 11, 12, 13 -> columns.add(table);
            case 14, 15 -> columns.drop(table);
            case 16, 17, 18 -> columns.changeType(table);
            case 19 -> columns.constrain(table);
            case 20 -> tables.dropConstraint(table, session);
            case 21, 22 -> rows.update(table);
            case 23 -> rows.delete(table);
            default -> rows.insert(table);
        };
    }
}
