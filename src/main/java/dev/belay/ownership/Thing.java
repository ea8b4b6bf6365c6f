package dev.belay.ownership;

/**
 * Something that a script can make and another can use.
 *
 * @param catalog the OID of the catalog that it is in
 * @param type such as table, view, function
 * @param identity qualified and quoted, with argument types
 */
record Thing(long catalog, long oid, String type, String identity) {

    /** What it is, as long as it lives. */
    record Key(long catalog, long oid) {}

    /** By which it is told in another database. */
    record Name(String type, String identity) {}

    Key key() {
        return new Key(catalog, oid);
    }

    Name name() {
        return new Name(type, identity);
    }
}
