package dcluster.app.command;

import picocli.CommandLine.Command;

@Command(
        name = "txn",
        description = {
            "Run transactions, and see to those that a cluster has in doubt.",
            "A participant that has voted yes and does not know the decision is in doubt: it keeps its locks until"
                    + " its coordinator is back, or an operator decides by hand."
        })
final class TxnCommand {}
