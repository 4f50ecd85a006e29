@NullMarked
package dcluster.runtime.admin;

import org.jspecify.annotations.NullMarked;
