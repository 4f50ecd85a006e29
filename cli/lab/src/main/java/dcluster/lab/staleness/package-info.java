/**
 * How stale a store is whose reads and writes wait for some of the replicas only, measured in simulated clusters and set
 * beside what theory predicts.
 *
 * <ul>
 *   <li>{@link dcluster.lab.staleness.Visibility}: how probable it is that a read sees the last write so many milliseconds
 *       after its acknowledgement, or one of the last versions. The prediction is probabilistically bounded staleness
 *       (Bailis, Venkataraman, Franklin, Hellerstein and Stoica 2012): {@link dcluster.lab.staleness.Quorums} has its
 *       closed form for versions, {@link dcluster.lab.staleness.Wars} its Monte Carlo model for time.
 *   <li>{@link dcluster.lab.staleness.Healing}: how long replicas take to agree after a partition has healed, and what
 *       that costs.
 *   <li>{@link dcluster.lab.staleness.Promise}: what the checkers make of what clients saw while clocks differ, or nodes
 *       are apart: reads that no regular register answers so, and acknowledged writes that are lost.
 * </ul>
 *
 * No algorithm is known here by name: whoever asks says which variant it is about. All numbers follow from a seed.
 */
@NullMarked
package dcluster.lab.staleness;

import org.jspecify.annotations.NullMarked;
