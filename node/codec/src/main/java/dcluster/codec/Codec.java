package dcluster.codec;

import java.util.Objects;

/**
 * Turns values of one type into bytes and back. The type is a sealed interface of records, a record or an enum; its
 * declaration is the schema. What a component may be, and how it stands in bytes, is said in the package documentation.
 *
 * <p>Immutable and safe for use by any thread; a writer or reader belongs to one at a time.
 */
public final class Codec<T> {
    /** How deep records may stand in one another, in one value. */
    public static final int MAX_DEPTH = 64;

    private static final ClassValue<Codec<?>> CODECS = new ClassValue<>() {
        @Override
        protected Codec<?> computeValue(Class<?> type) {
            return new Codec<>(type, new Schema());
        }
    };

    private final Class<T> type;
    private final Coder root;
    private final String schema;
    private final long fingerprint;

    private Codec(Class<T> type, Schema schema) {
        this.type = type;
        this.root = schema.root(type);
        this.schema = schema.text();
        this.fingerprint = schema.fingerprint();
    }

    /**
     * The codec of a type, derived once.
     *
     * @throws IllegalArgumentException if it, or a component at any depth, is of a type that has no form in bytes;
     *     says which
     */
    @SuppressWarnings("unchecked")
    public static <T> Codec<T> of(Class<T> type) {
        return (Codec<T>) CODECS.get(type);
    }

    /**
     * Appends the value's bytes. If this throws, some may be there; {@link ByteWriter#truncate} takes them back.
     *
     * @throws NullPointerException if the value holds a null
     * @throws IllegalArgumentException if it cannot be decoded again: nested deeper than {@link #MAX_DEPTH}, or with
     *     a text that is not Unicode
     */
    public void encode(T value, ByteWriter out) {
        out.beginValue();
        root.write(Objects.requireNonNull(value, "value"), out);
    }

    /**
     * Reads one value, and leaves what follows it.
     *
     * @throws MalformedMessageException if the bytes are not those of a value, or a constructor refuses what they say
     */
    public T decode(ByteReader in) {
        in.beginValue();
        try {
            return type.cast(root.read(in));
        } catch (MalformedMessageException e) {
            throw e;
        } catch (RuntimeException e) {
            // A compact constructor holds its record's invariants, and says no in its own way.
            throw new MalformedMessageException("refused by a constructor: " + e, in.offset(), e);
        }
    }

    /** A hash of {@link #schema}, the same on each virtual machine. */
    public long fingerprint() {
        return fingerprint;
    }

    /** The schema as text: a type a line, with names and types of the components in order. */
    public String schema() {
        return schema;
    }
}
