package dcluster.host;

import dcluster.spi.Membership;
import dcluster.spi.NodeId;

/** Where a host lives: which node of which cluster it is, and the world around it. */
public record Place<M>(NodeId self, Membership members, World<M> world) {}
