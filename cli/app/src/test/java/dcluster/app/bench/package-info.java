@NullMarked
package dcluster.app.bench;

import org.jspecify.annotations.NullMarked;
