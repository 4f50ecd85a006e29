/**
 * Records to bytes and back, and the frames in which they travel. The declaration of a sealed interface of records is
 * its schema; there is nothing else to write, to register or to keep in step.
 *
 * <p>{@link dcluster.codec.Codec} walks through the declaration once, finds accessors and constructors (private ones,
 * too) and composes their method handles into one handle a record that writes it and one that reads it. These become
 * constants of hidden classes, so they are compiled as if written by hand: an append of 47 entries of 118 bytes is
 * encoded in 1.2 to 1.3 times and decoded in 1.0 to 1.1 times what a hand-written twin needs ({@code CodecBenchmark} in
 * the tests; JDK 17 and 25, two virtual cores). Deriving the first codec of a process takes 60 to 90 ms, each further
 * one about 10.
 *
 * <h2>How values stand in bytes</h2>
 *
 * <p>Nothing is aligned, named or padded. A <em>varint</em> has seven bits a byte, the lowest first, the top bit set on
 * all but the last; <em>signed</em> varints are zigzag, so that -1 is as short as 1.
 *
 * <pre>
 *  boolean, Boolean        one byte, 0 or 1
 *  byte                    one byte
 *  short, int, long        signed varint; Integer and Long likewise
 *  double                  eight bytes, IEEE 754, big-endian
 *  String                  varint count of bytes, UTF-8
 *  Bytes                   varint count, the bytes
 *  NodeId                  as its name
 *  Duration                signed varint seconds, varint nanoseconds of a second
 *  enum                    varint place among the constants
 *  Optional                0, or 1 and the value
 *  List                    varint count, the elements
 *  Map                     varint count, key and value by turns, in the map's own order
 *  record                  its components in order; a 0 if it has none
 *  sealed interface        varint tag, the components of that record in order
 * </pre>
 *
 * <p>A tag is the record's place among all records below the sealed interface, at whatever depth, sorted by their names
 * (without package, with the types that they stand in): reflection promises no order of its own. So a type that is
 * added may move the tags of others. There is no evolution of schemas: peers compare {@linkplain
 * dcluster.codec.Codec#fingerprint() fingerprints} before they talk, and whoever keeps bytes on disk has to keep the
 * fingerprint with them.
 *
 * <p>A map should have an order that does not depend on the virtual machine (a sorted or a linked one); what is read
 * has the order in which it was written. Keys of a map must be comparable, arrays and other types are refused when the
 * codec is made.
 *
 * <h2>What hostile bytes can do</h2>
 *
 * <p>End in a {@link dcluster.codec.MalformedMessageException}, and nothing else. Each value has one form, any other is
 * malformed: overlong varints, a 2 for a truth value, text that is not UTF-8, a key that comes twice. Compact
 * constructors hold the invariants of records, and what they throw is wrapped. Every value takes at least one byte, and
 * a byte can be claimed by one count only, however counts are nested: so what is allocated is in proportion to the
 * input. Records stand in one another at most {@link dcluster.codec.Codec#MAX_DEPTH} deep.
 *
 * <p>{@code CodecProperties} and {@code RandomRecords}, in this module's test jar, hold any type to this: random values
 * come back as they were, and mutated bytes behave as said here.
 */
@NullMarked
package dcluster.codec;

import org.jspecify.annotations.NullMarked;
