/**
 * What a process of a member shows and is put together of.
 */
@NullMarked
package dcluster.runtime;

import org.jspecify.annotations.NullMarked;
