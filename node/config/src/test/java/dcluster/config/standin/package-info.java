/**
 * Providers that have options and nothing else, so that cluster files can be read without the algorithms they name. One
 * has a component of each type that an option can have.
 */
@NullMarked
package dcluster.config.standin;

import org.jspecify.annotations.NullMarked;
