package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.app.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An algorithm that somebody else wrote runs as real processes, without a change to dcluster. */
class PluginIT {
    @RegisterExtension
    final Clusters clusters = new Clusters();

    @Test
    void anAlgorithmOfAPluginLosesNothingThroughKillsOfAnyNode() throws IOException {
        var jar = PrimaryBackupJar.in(clusters.cli().folder());
        var cluster = clusters.start("plugin", "-a", "primary-backup", "-n", "3", "--plugin", jar.toString());
        try (var load = Load.start(cluster, 4)) {
            for (var victim : cluster.nodes()) {
                load.awaitProgress(200);
                cluster.kill(victim);
                cluster.restart(victim);
            }
            load.awaitProgress(200);
            load.end();
            System.err.println(load);
            load.verify(cluster);
        }
        cluster.awaitAgreement();
        assertThat(cluster.run("status").exits(0).out()).contains("primary-backup, healthy, 3 of 3 ready");
    }

    @Test
    void aPluginInTheHomeNeedsNoMentionAndANodeWithAnotherSchemaIsRefused() throws IOException {
        var jar = PrimaryBackupJar.in(clusters.cli().folder());
        var plugins = Files.createDirectories(clusters.cli().home().folder().resolve("plugins"));
        Files.copy(jar, plugins.resolve("primary-backup.jar"));
        assertThat(clusters.cli().run("algorithms", "primary-backup").exits(0).out())
                .contains("resend");
        var cluster = clusters.start("folder", "-a", "primary-backup:resend=50ms", "-n", "3");
        assertThat(new Ask(cluster.member("n2")).call("SET", "a", "1")).hasToString("Simple[text=OK]");

        var n3 = cluster.member("n3");
        cluster.kill(n3);
        Files.delete(plugins.resolve("primary-backup.jar"));
        var other = PrimaryBackupJar.in(
                clusters.cli().folder(),
                source -> source.replace("record Held(int index)", "record Held(long index)")
                        .replace("reply.index(), Math::max", "(int) reply.index(), Math::max"));
        var data = clusters.folder("n3");
        var file = n3.cluster().resolve("cluster.yaml");
        try (var stranger = clusters.launchNew(
                List.of(), "node", "-c", "" + file, "--id", "n3", "--data", "" + data, "--plugin", "" + other)) {
            stranger.awaitLog("n1 refuses n3: the messages of 'primary-backup' have schema ");
        }
        Files.copy(jar, plugins.resolve("primary-backup.jar"));
        cluster.restart(n3);
        assertThat(new Ask(n3).text("a")).isEqualTo("1");
    }

    @Test
    void theExampleIsShortAndShownInTheReadmeAsItIs() throws IOException {
        var source = PrimaryBackupJar.source();
        assertThat(source.lines().count()).isLessThan(150);
        var shown =
                Files.readString(Repository.root().resolve("README.md")).replaceAll("(?s).*```java\\n(.*?)```.*", "$1");
        var methods = shown.split("\\n\\n");
        assertThat(methods).hasSizeGreaterThan(2);
        assertThat(Arrays.stream(methods).map(PluginIT::squeezed))
                .allSatisfy(method -> assertThat(squeezed(source)).contains(method));
    }

    @Test
    void theCommandsThatTheReadmeShowsForItWorkAsPasted() throws IOException {
        var block = Files.readString(Repository.root().resolve("README.md"))
                .replaceAll("(?s).*## An algorithm of your own.*?```sh\\n(.*?)```.*", "$1");
        var java = Path.of(System.getProperty("java.home"), "bin");
        var setting = "cd '" + Repository.root() + "'; PATH='" + java + "':$PATH; export DCLUSTER_ARCHIVE=no"
                + " DCLUSTER_BUILD=no; set -eu; ";
        var printed = clusters.tool(List.of("bash", "-c", setting + block)).ends(0);
        assertThat(printed).contains("primary-backup on 3 nodes", "\nhello\n", "removed the cluster 'mine'");
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s", "");
    }
}
