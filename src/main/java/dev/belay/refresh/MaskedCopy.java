package dev.belay.refresh;

import dev.belay.catalog.Fingerprint;

/**
 * A copy on the scratch server that is wholly masked. A server that is made anew has no database of this OID.
 *
 * @param fingerprint as it is to arrive
 */
record MaskedCopy(String name, long oid, Fingerprint fingerprint) {}
