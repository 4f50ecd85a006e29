/** Runs of simulated clusters as space-time diagrams (Lamport 1978): who sent what when, and who could know of it. */
@NullMarked
package dcluster.lab.diagram;

import org.jspecify.annotations.NullMarked;
