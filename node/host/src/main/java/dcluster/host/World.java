package dcluster.host;

import java.util.random.RandomGenerator;

/**
 * Everything outside a host, real or simulated: its thread, clocks, disk, network and source of random numbers. Each is
 * a seam where faults are injected.
 */
public record World<M>(
        Loop loop,
        Clocks clocks,
        RandomGenerator random,
        Recorder recorder,
        Transport<M> transport,
        NoteListener notes) {}
