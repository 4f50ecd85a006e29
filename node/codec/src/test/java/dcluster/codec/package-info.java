/** Tests of the codec, and the two properties that every provider's types are held to. */
@NullMarked
package dcluster.codec;

import org.jspecify.annotations.NullMarked;
