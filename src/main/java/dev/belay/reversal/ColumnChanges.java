package dev.belay.reversal;

import dev.belay.postgres.Identifiers;
import java.sql.SQLException;

/** Gives columns their types, defaults and the like back. */
final class ColumnChanges {

    private final Work work;

    ColumnChanges(Work work) {
        this.work = work;
    }

    void run() throws SQLException, Work.BlockedException {
        for (SchemaObject was : work.before().all()) {
            SchemaObject is = was.kind() == Kind.COLUMN ? work.successor(was) : null;
            if (is != null && !is.is("inherited") && !Changes.differing(was, is).isEmpty()) {
                column(was, is);
            }
        }
    }

    private void column(SchemaObject was, SchemaObject is) throws SQLException, Work.BlockedException {
        if (Ddl.isAttribute(work.now(), is)) {
            if (!was.same("type", is) || !was.same("collation", is)) {
                work.safe(Ddl.alterWhole(work.now(), is) + " ALTER ATTRIBUTE " + is.name() + " TYPE "
                        + Tables.typeOf(was) + " CASCADE");
            }
            return;
        }
        String alter = Ddl.alterWhole(work.now(), is) + " ALTER COLUMN " + is.name();
        boolean isView = work.now().parentOf(is).kind().isRemade();
        boolean isRetyped = !isView && !(was.same("type", is) && was.same("collation", is));
        if (!was.same("generated", is)) {
            work.irreversible("PostgreSQL cannot give " + work.now().nameOf(is) + " the expression back by which it was"
                    + " generated");
            return;
        }
        if (isRetyped && !is.trait("default").isEmpty()) {
            work.safe(alter + " DROP DEFAULT");
        }
        if (isRetyped) {
            retype(was, is, alter);
        }
        identity(was, is, alter);
        if (isRetyped ? !was.trait("default").isEmpty() : !was.same("default", is)) {
            work.safe(alter
                    + (was.trait("default").isEmpty() ? " DROP DEFAULT" : " SET DEFAULT " + was.trait("default")));
        }
        if (!was.same("not null", is) && !isView && was.trait("identity").isEmpty()) {
            notNull(was, alter);
        }
    }

    private void notNull(SchemaObject was, String alter) throws Work.BlockedException {
        if (was.is("not null")) {
            work.safe(
                    alter + " SET NOT NULL",
                    work.said(
                            "rows written since without a value make the undo fail; nothing is lost",
                            "rows without a value make this script fail; nothing is lost"));
        } else {
            work.safe(alter + " DROP NOT NULL");
        }
    }

    private void retype(SchemaObject was, SchemaObject is, String alter) throws SQLException, Work.BlockedException {
        String type = was.trait("type");
        boolean fits = Casts.isAssigned(work, is.trait("type"), type);
        String converted = fits ? is.name() + "::" + type : is.name() + "::text::" + type;
        String sql = alter + " TYPE " + Tables.typeOf(was) + (fits ? "" : " USING " + converted);
        if (fits && TypeRoom.isEnough(is.trait("type"), type)) {
            work.safe(sql);
            return;
        }
        boolean isStrict = TypeRoom.areIntegers(is.trait("type"), type) || Casts.isEnum(work, type);
        if (!isStrict && work.now().parentOf(is).kind() == Kind.TABLE) {
            work.safe(guard(is, converted, type));
        }
        work.safe(
                sql,
                work.said("a value written since that", "a value that") + " does not fit " + type + " makes "
                        + work.said("the undo", "this script") + " fail; nothing is cut");
    }

    /** Some casts round or cut: then the undo rather fails. */
    private String guard(SchemaObject is, String converted, String type) {
        String table = work.now().nameOf(work.now().parentOf(is));
        return "DO $belay$ BEGIN\n    IF EXISTS (SELECT FROM " + table + " WHERE (" + converted + ")::text::"
                + is.trait("type") + "::text IS DISTINCT FROM " + is.name() + "::text) THEN\n"
                + "        RAISE EXCEPTION "
                + Identifiers.literal("A value in " + work.now().nameOf(is).replace("%", "%%") + " does not fit " + type
                        + ". Nothing was changed.")
                + ";\n    END IF;\nEND $belay$";
    }

    private void identity(SchemaObject was, SchemaObject is, String alter) throws Work.BlockedException {
        if (was.same("identity", is)) {
            return;
        }
        String wanted = was.trait("identity");
        if (wanted.isEmpty()) {
            work.safe(alter + " DROP IDENTITY");
            return;
        }
        if (!is.trait("identity").isEmpty()) {
            work.safe(alter + " SET GENERATED " + wanted);
            return;
        }
        if (!is.trait("default").isEmpty()) {
            work.safe(alter + " DROP DEFAULT");
        }
        if (!is.is("not null")) {
            work.safe(alter + " SET NOT NULL");
        }
        work.safe(alter + " ADD GENERATED " + wanted + " AS IDENTITY");
        work.safe(moveOn(work.now(), is));
    }

    /** So that a sequence that was made again draws no number that a row has. */
    static String moveOn(Structure in, SchemaObject column) {
        String table = in.nameOf(in.parentOf(column));
        String raw = column.name().startsWith("\"")
                ? column.name().substring(1, column.name().length() - 1).replace("\"\"", "\"")
                : column.name();
        return "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(" + Identifiers.literal(table) + ", "
                + Identifiers.literal(raw) + "), (SELECT coalesce(max(" + column.name() + "), 0) + 1 FROM " + table
                + "), false)";
    }
}
