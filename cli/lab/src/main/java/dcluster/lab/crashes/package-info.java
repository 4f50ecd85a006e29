/**
 * What a crash does to transactions over several shards, in simulated clusters with a coordinator.
 *
 * <ul>
 *   <li>{@link dcluster.lab.crashes.Trial}: one transaction over two shards, and a member that ends at a point of it, or all
 *       of them: what its client is told, what becomes of it, for how long its keys are not served, and what stays locked.
 *   <li>{@link dcluster.lab.crashes.EveryEvent}: the same at every event of the transaction's life, one after the other.
 *   <li>{@link dcluster.lab.crashes.Blocking}: many transactions and commands, and a coordinator that ends while it decides:
 *       how many are in doubt, which share of the keys is not served, and for how long.
 * </ul>
 *
 * No algorithm is known here by name. It must let nodes tell, as operations, the {@code owner} of keys and what is {@code
 * in-doubt}, and in their status how many {@code locked keys} they have. All numbers follow from a seed.
 */
@NullMarked
package dcluster.lab.crashes;

import org.jspecify.annotations.NullMarked;
