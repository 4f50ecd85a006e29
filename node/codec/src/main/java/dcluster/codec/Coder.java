package dcluster.codec;

/** Writes and reads the values of one type, primitives in their boxes. Neither ever handles a null. */
interface Coder {
    void write(Object value, ByteWriter out);

    Object read(ByteReader in);
}
