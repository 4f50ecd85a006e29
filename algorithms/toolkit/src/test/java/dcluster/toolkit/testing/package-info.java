/**
 * What the tests of algorithms share: a {@link dcluster.toolkit.testing.RecordingContext} on which one replica runs
 * alone, under the eyes and in the hands of its test.
 */
@NullMarked
package dcluster.toolkit.testing;

import org.jspecify.annotations.NullMarked;
