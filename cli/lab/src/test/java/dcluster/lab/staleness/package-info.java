@NullMarked
package dcluster.lab.staleness;

import org.jspecify.annotations.NullMarked;
