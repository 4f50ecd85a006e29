package dcluster.lab.simulation;

import dcluster.checker.history.Operation;

/** A number that an operation told at its end. */
record Counted(Operation operation, Count count) {}
