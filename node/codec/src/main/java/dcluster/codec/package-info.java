/** Records to bytes and back: the schema is the declaration of the record types. */
@NullMarked
package dcluster.codec;

import org.jspecify.annotations.NullMarked;
