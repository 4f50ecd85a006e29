package dcluster.host;

import dcluster.codec.ByteReader;
import dcluster.codec.ByteWriter;
import dcluster.codec.Codec;
import dcluster.codec.MalformedMessageException;
import dcluster.spi.Command;
import dcluster.spi.Response;

/**
 * Envelopes as the body of a frame: a byte that says which kind, then the content.
 *
 * <pre>
 *  MESSAGE  | kind=5 | message, by the algorithm's schema                         |
 *  FORWARD  | kind=6 | incarnation varint | sequence varint | id varint | command |
 *  ANSWER   | kind=7 | incarnation varint | id varint | response                  |
 * </pre>
 *
 * <p>Immutable, and safe for use by any thread.
 */
public final class EnvelopeCodec<M> {
    // Smaller numbers are those of frames in which connected nodes speak of themselves.
    private static final int MESSAGE = 5;
    private static final int FORWARD = 6;
    private static final int ANSWER = 7;

    private final Codec<M> messages;
    private final Codec<Command> commands = Codec.of(Command.class);
    private final Codec<Response> responses = Codec.of(Response.class);

    /** For the messages of an algorithm: a sealed interface of records. */
    public EnvelopeCodec(Class<M> messageType) {
        messages = Codec.of(messageType);
    }

    /** A hash of all schemas that are spoken; two nodes whose fingerprints differ would misread each other. */
    public long fingerprint() {
        long all = messages.fingerprint();
        all = 31 * all + commands.fingerprint();
        return 31 * all + responses.fingerprint();
    }

    /** Appends the body of a frame. */
    public void encode(Envelope<M> envelope, ByteWriter out) {
        if (envelope instanceof Envelope.Message<M> message) {
            out.writeByte(MESSAGE);
            messages.encode(message.content(), out);
        } else if (envelope instanceof Envelope.Forward<M> forward) {
            out.writeByte(FORWARD);
            out.writeVarLong(forward.incarnation());
            out.writeVarLong(forward.sequence());
            out.writeVarLong(forward.id());
            commands.encode(forward.command(), out);
        } else if (envelope instanceof Envelope.Answer<M> answer) {
            out.writeByte(ANSWER);
            out.writeVarLong(answer.incarnation());
            out.writeVarLong(answer.id());
            responses.encode(answer.response(), out);
        }
    }

    /**
     * Reads the body of a frame to its end.
     *
     * @throws MalformedMessageException if it is no envelope, or more than one
     */
    public Envelope<M> decode(ByteReader body) {
        return decode(body.readByte(), body);
    }

    /** As {@link #decode(ByteReader)}, of a body whose first byte was read. */
    public Envelope<M> decode(int kind, ByteReader rest) {
        Envelope<M> envelope = switch (kind) {
            case MESSAGE -> new Envelope.Message<>(messages.decode(rest));
            case FORWARD ->
                new Envelope.Forward<>(
                        rest.readVarLong(), rest.readVarLong(), rest.readVarLong(), commands.decode(rest));
            case ANSWER -> new Envelope.Answer<>(rest.readVarLong(), rest.readVarLong(), responses.decode(rest));
            default -> throw rest.malformed("no envelope is of the kind " + kind);
        };
        rest.end();
        return envelope;
    }
}
