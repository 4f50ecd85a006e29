package dcluster.app.command;

import picocli.CommandLine.Command;

@Command(
        name = "kv",
        description = {
            "Read and write keys of a cluster.",
            "Exits with 0 if it was done, with 1 if the answer is no (an absent key, a condition that does"
                    + " not hold, a request that was refused), with 2 if the outcome of a write is not known, with 4 if"
                    + " it could not be served.",
            "Where an algorithm lets concurrent writes of a key stand side by side, 'get' prints all their values; with"
                    + " the context that 'get --context' prints before them, 'put' and 'del' replace just these."
        })
final class KvCommand {}
