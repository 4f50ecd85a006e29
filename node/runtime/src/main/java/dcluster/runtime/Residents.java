package dcluster.runtime;

import dcluster.codec.Codec;
import dcluster.config.ClusterConfig;
import dcluster.config.Forwarding;
import dcluster.host.Balance;
import dcluster.host.Host;
import dcluster.host.HostOptions;
import dcluster.host.Place;
import dcluster.host.Resident;
import dcluster.host.Router;
import dcluster.journal.Identity;
import dcluster.journal.JournalOptions;
import dcluster.journal.Sync;
import dcluster.runtime.gateway.GatewayOptions;
import dcluster.runtime.peer.PeerOptions;
import dcluster.spi.AlgorithmProvider;
import dcluster.spi.Member;

/** From what the cluster file says to what a member is made of. */
final class Residents<M, R, T, C extends Record> {
    private final MemberSettings settings;
    private final AlgorithmProvider<M, R, T, C> provider;
    private final C options;

    Residents(MemberSettings settings, AlgorithmProvider<M, R, T, C> provider) {
        this.settings = settings;
        this.provider = provider;
        this.options = provider.configType().cast(settings.config().algorithm().options());
    }

    Class<M> messageType() {
        return provider.messageType();
    }

    Resident<M> make(Place<M> place) {
        if (settings.routes()) {
            var balance = Balance.valueOf(settings.config().balance().name());
            return new Router<>(hostOptions(), balance, place);
        }
        return new Host<>(hostOptions(), provider, options, place);
    }

    Identity identity() {
        long schema = settings.routes() ? 0 : Codec.of(provider.recordType()).fingerprint();
        return new Identity(settings.config().fullName(), settings.self(), provider.name(), schema);
    }

    private HostOptions hostOptions() {
        var network = settings.config().network();
        var storage = settings.config().storage();
        var usual = HostOptions.DEFAULT;
        return new HostOptions(
                network.requestTimeout(),
                network.forwarding() == Forwarding.FORWARD,
                usual.turnEvents(),
                usual.requestBytes(),
                usual.undurableBytes(),
                storage.capacity().bytes());
    }

    static JournalOptions journalOptions(ClusterConfig config) {
        var storage = config.storage();
        return new JournalOptions(storage.segment().bytes(), sync(storage.sync()));
    }

    private static Sync sync(dcluster.config.Sync sync) {
        if (sync instanceof dcluster.config.Sync.Every every) {
            return new Sync.Every(every.interval());
        }
        return sync instanceof dcluster.config.Sync.Never ? new Sync.Never() : new Sync.Always();
    }

    static PeerOptions peerOptions(ClusterConfig config) {
        var usual = PeerOptions.DEFAULT;
        return new PeerOptions(
                (int) config.network().outbox().bytes(),
                usual.handshake(),
                usual.backoff(),
                usual.refusedBackoff(),
                usual.ping());
    }

    static GatewayOptions gatewayOptions(ClusterConfig config, Member own) {
        var usual = GatewayOptions.at(own.host(), own.clientPort());
        var bounds = usual.bounds();
        return usual.withMaxConnections(config.network().maxConnections())
                .withBounds(new GatewayOptions.Bounds(
                        config.network().pipelineDepth(),
                        bounds.waitingBytes(),
                        bounds.pauseUnsentBytes(),
                        bounds.closeUnsentBytes(),
                        bounds.replyBytes(),
                        bounds.sharedHeldBytes(),
                        bounds.sharedUnsentBytes()));
    }
}
