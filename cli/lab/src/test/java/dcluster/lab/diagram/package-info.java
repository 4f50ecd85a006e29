@NullMarked
package dcluster.lab.diagram;

import org.jspecify.annotations.NullMarked;
