package dcluster.toolkit;

import dcluster.spi.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what is done with each type of a sealed family, and is complete by construction: it cannot be built while a
 * record of the family has no handler. One method a message, and none forgotten.
 *
 * <p>A handler is given a context beside the message: the sender of a message between nodes, the state that a journal
 * record changes, the store that a command works on.
 *
 * <pre>{@code
 * HandlerTable<NodeId, Message> messages = HandlerTable.of(Message.class)
 *         .on(RequestVote.class, election::onRequestVote)
 *         .on(VoteReply.class, (from, reply) -> ...)
 *         .build();
 * static final HandlerTable<Replica, Record> RECORDS = HandlerTable.of(Replica.class, Record.class)
 *         .on(Voted.class, Replica::voted)
 *         .build();
 * }</pre>
 *
 * <p>Immutable; as safe between threads as its handlers are.
 *
 * @param <C> the context of a handler
 * @param <M> the family: a sealed interface whose types are records, enums, or sealed interfaces again
 */
public final class HandlerTable<C, M> {
    /** What is done with messages of one type. */
    public interface Handler<C, M> {
        void handle(C context, M message);
    }

    // Looked up by class and never iterated over, so that its order does not matter.
    private final Map<Class<?>, Handler<C, M>> handlers;

    private HandlerTable(Map<Class<?>, Handler<C, M>> handlers) {
        this.handlers = handlers;
    }

    /** Begins a table for messages between nodes: the context is the sender. */
    public static <M> Builder<NodeId, M> of(Class<M> family) {
        return of(NodeId.class, family);
    }

    /** Begins a table whose handlers are given a context of that type. */
    public static <C, M> Builder<C, M> of(Class<C> context, Class<M> family) {
        return new Builder<>(family);
    }

    /** Hands a message to the handler of its type. */
    public void dispatch(C context, M message) {
        var handler = handlers.get(message.getClass());
        if (handler == null) {
            throw new IllegalArgumentException(
                    "no handler for " + message.getClass().getName());
        }
        handler.handle(context, message);
    }

    /** Gathers the handlers of a family. */
    public static final class Builder<C, M> {
        private final Class<M> family;
        private final List<Class<?>> types = new ArrayList<>();
        private final Map<Class<?>, Handler<C, M>> handlers = new HashMap<>();

        private Builder(Class<M> family) {
            if (!family.isSealed()) {
                throw new IllegalArgumentException(family.getName() + " is not sealed");
            }
            this.family = family;
            collect(family);
        }

        private void collect(Class<?> type) {
            if (type.isSealed() && type.isInterface()) {
                for (var permitted : type.getPermittedSubclasses()) {
                    collect(permitted);
                }
            } else if (!type.isRecord() && !type.isEnum()) {
                throw new IllegalArgumentException(
                        type.getName() + " of " + family.getSimpleName() + " is neither a record nor an enum");
            } else if (!types.contains(type)) {
                types.add(type);
            }
        }

        /**
         * Names the handler of a type.
         *
         * @throws IllegalArgumentException if the type has one already, or is an interface of the family
         */
        @SuppressWarnings("unchecked") // what is looked up by a type is of that type
        public <X extends M> Builder<C, M> on(Class<X> type, Handler<? super C, ? super X> handler) {
            if (!types.contains(type)) {
                throw new IllegalArgumentException(type.getName() + " is no record of " + family.getSimpleName());
            }
            if (handlers.put(type, (Handler<C, M>) handler) != null) {
                throw new IllegalArgumentException("two handlers for " + type.getName());
            }
            return this;
        }

        /**
         * The finished table.
         *
         * @throws IllegalStateException if a type has no handler; it names them all
         */
        public HandlerTable<C, M> build() {
            var missing = types.stream()
                    .filter(type -> !handlers.containsKey(type))
                    .map(Class::getName)
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw new IllegalStateException("no handler for " + missing);
            }
            return new HandlerTable<>(new HashMap<>(handlers));
        }
    }
}
