/** Speaks with clients. */
@NullMarked
package dcluster.runtime.gateway;

import org.jspecify.annotations.NullMarked;
