@NullMarked
package dcluster.app.simulate;

import org.jspecify.annotations.NullMarked;
