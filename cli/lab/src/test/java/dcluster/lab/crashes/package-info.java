@NullMarked
package dcluster.lab.crashes;

import org.jspecify.annotations.NullMarked;
