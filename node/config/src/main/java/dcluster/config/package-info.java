/** Cluster files. */
@NullMarked
package dcluster.config;

import org.jspecify.annotations.NullMarked;
