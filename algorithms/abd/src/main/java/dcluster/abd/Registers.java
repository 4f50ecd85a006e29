package dcluster.abd;

import dcluster.abd.AbdRecord.Stored;
import dcluster.spi.Bytes;
import dcluster.toolkit.HandlerTable;
import dcluster.toolkit.KeyedState;
import dcluster.toolkit.PersistentMap.Mapping;
import java.util.Iterator;

/** The durable state of a replica: a register for each key that was ever written. */
final class Registers {
    private static final HandlerTable<Registers, AbdRecord> RECORDS = HandlerTable.of(Registers.class, AbdRecord.class)
            .on(Stored.class, Registers::stored)
            .build();

    private KeyedState<Register> registers = KeyedState.empty();

    void replay(AbdRecord record) {
        RECORDS.dispatch(this, record);
    }

    private void stored(Stored record) {
        registers = registers.with(record.key(), new Register(record.tag(), record.value()));
    }

    Register of(Bytes key) {
        var register = registers.get(key);
        return register == null ? Register.UNWRITTEN : register;
    }

    /** As it is now; later changes do not touch it. */
    KeyedState<Register> freeze() {
        return registers;
    }

    /** As records that make it again. */
    static Iterator<AbdRecord> records(KeyedState<Register> frozen) {
        var mappings = frozen.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return mappings.hasNext();
            }

            @Override
            public AbdRecord next() {
                return record(mappings.next());
            }
        };
    }

    private static AbdRecord record(Mapping<Bytes, Register> mapping) {
        var register = mapping.value();
        return new Stored(mapping.key(), register.tag(), register.value());
    }
}
