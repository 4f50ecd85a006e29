package dcluster.runtime.gateway;

import dcluster.spi.Bytes;

/**
 * The slot of a key as Redis Cluster computes it: CRC16 (polynomial 0x1021, from 0, most significant bit first) of the
 * key modulo 16,384, or of what stands between its first opening and the next closing brace, unless that is nothing.
 * Clients that know clusters want one in a redirect; dcluster itself has no use for slots.
 */
final class Slots {
    static final int COUNT = 16_384;

    private static final int[] TABLE = table();

    private Slots() {}

    static int of(Bytes key) {
        int open = find(key, '{', 0);
        int close = open < 0 ? -1 : find(key, '}', open + 1);
        return close > open + 1 ? crc(key, open + 1, close) % COUNT : crc(key, 0, key.size()) % COUNT;
    }

    private static int find(Bytes key, char wanted, int from) {
        for (int i = from; i < key.size(); i++) {
            if (key.at(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int crc(Bytes key, int start, int end) {
        int crc = 0;
        for (int i = start; i < end; i++) {
            crc = (crc << 8 ^ TABLE[(crc >>> 8 ^ key.at(i)) & 0xff]) & 0xffff;
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
            table[i] = crc & 0xffff;
        }
        return table;
    }
}
