@NullMarked
package dcluster.runtime.peer;

import org.jspecify.annotations.NullMarked;
