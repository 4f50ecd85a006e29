@NullMarked
package dcluster.lab.simulation;

import org.jspecify.annotations.NullMarked;
