/**
 * What the tests of algorithms share: a {@link dcluster.toolkit.testing.RecordingContext} on which one replica runs
 * alone, under the eyes and in the hands of its test; a {@link dcluster.toolkit.testing.Mesh} of several; and a
 * {@link dcluster.toolkit.testing.Script} that moves several line by line and writes down all that happens.
 */
@NullMarked
package dcluster.toolkit.testing;

import org.jspecify.annotations.NullMarked;
