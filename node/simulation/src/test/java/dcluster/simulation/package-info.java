@NullMarked
package dcluster.simulation;

import org.jspecify.annotations.NullMarked;
