/**
 * The program {@code dcluster}: assembles its commands, runs the one that is asked for, and reports what went wrong.
 */
@NullMarked
package dcluster.app;

import org.jspecify.annotations.NullMarked;
