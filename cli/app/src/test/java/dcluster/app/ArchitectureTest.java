package dcluster.app;

import static com.tngtech.archunit.base.DescribedPredicate.and;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The directions between modules, and what only some of them may touch. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dcluster");

    private static final String[] ALGORITHMS = {
        "dcluster.spi..",
        "dcluster.toolkit..",
        "dcluster.abd..",
        "dcluster.paxos..",
        "dcluster.twophase..",
        "dcluster.quorum..",
        "dcluster.raft..",
        "dcluster.unreplicated.."
    };

    /** What each module may use of the others; nothing stands for itself and the JDK. */
    private static final Map<String, List<String>> USES = Map.ofEntries(
            Map.entry("spi", List.of()),
            Map.entry("toolkit", List.of("spi")),
            Map.entry("abd", List.of("toolkit", "spi")),
            Map.entry("paxos", List.of("toolkit", "spi")),
            Map.entry("twophase", List.of("toolkit", "spi")),
            Map.entry("quorum", List.of("toolkit", "spi")),
            Map.entry("raft", List.of("toolkit", "spi")),
            Map.entry("unreplicated", List.of("toolkit", "spi")),
            Map.entry("codec", List.of("spi")),
            Map.entry("journal", List.of("codec", "spi")),
            Map.entry("config", List.of("spi")),
            Map.entry("host", List.of("journal", "codec", "spi")),
            Map.entry("simulation", List.of("host", "journal", "codec", "spi")),
            Map.entry("runtime", List.of("host", "journal", "codec", "config", "spi")),
            Map.entry("checker", List.of()),
            Map.entry("lab", List.of("simulation", "checker", "config", "host", "journal", "spi")),
            Map.entry(
                    "app",
                    List.of("lab", "checker", "simulation", "runtime", "host", "journal", "codec", "config", "spi")));

    @Test
    void everyModuleIsSeen() {
        var modules = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.replaceFirst("dcluster\\.([a-z]+).*", "$1"))
                .distinct();
        assertThat(modules).containsExactlyInAnyOrderElementsOf(USES.keySet());
    }

    @Test
    void modulesUseOnlyWhatLiesBelowThem() {
        USES.forEach((module, used) -> {
            var allowed = Stream.concat(Stream.of(module), used.stream())
                    .map(name -> "dcluster." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dcluster." + module + "..")
                    .should()
                    .dependOnClassesThat(and(resideInAPackage("dcluster.."), not(resideInAnyPackage(allowed))))
                    .check(CLASSES);
        });
    }

    @Test
    void algorithmsUseTheJdkAlone() {
        noClasses()
                .that()
                .resideInAnyPackage(ALGORITHMS)
                .should()
                .dependOnClassesThat(not(resideInAnyPackage("dcluster..", "java..", "org.jspecify..")))
                .check(CLASSES);
    }

    @Test
    void algorithmsTouchNoClockThreadFileSocketLogOrRandomSource() {
        noClasses()
                .that()
                .resideInAnyPackage(ALGORITHMS)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(String.join(
                        "|",
                        "java\\.lang\\.(Thread.*|Process.*|Runtime|InheritableThreadLocal)",
                        "java\\.util\\.(Random|SplittableRandom|UUID|Timer.*|Date|Calendar)",
                        "java\\.util\\.(concurrent|logging)\\..*",
                        "java\\.time\\.(Clock|Instant|Local.*|Zoned.*|Offset.*)",
                        "java\\.security\\..*",
                        "java\\.net\\..*",
                        "java\\.nio\\.(file|channels)\\..*",
                        "java\\.io\\.(File.*|RandomAccessFile|PrintStream|Console)"))
                .check(CLASSES);
        for (var method :
                List.of("nanoTime", "currentTimeMillis", "exit", "getenv", "getProperty", "identityHashCode")) {
            noClasses()
                    .that()
                    .resideInAnyPackage(ALGORITHMS)
                    .should()
                    .callMethodWhere(target(and(name(method), owner(name("java.lang.System")))))
                    .check(CLASSES);
        }
        noClasses()
                .that()
                .resideInAnyPackage(ALGORITHMS)
                .should()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    @Test
    void onlyTheRuntimeUsesVertx() {
        onlyIn("dcluster.runtime..", "io.vertx..", "io.netty..");
    }

    @Test
    void onlyConfigUsesTheYamlParser() {
        onlyIn("dcluster.config..", "org.yaml..");
    }

    @Test
    void onlyTheAppUsesTheCommandLineParserAndSetsUpTheLog() {
        onlyIn("dcluster.app..", "picocli..");
        onlyIn("dcluster.app.member..", "ch.qos.logback..");
    }

    /** But for the fault that consists in just that. */
    @Test
    void onlyTheAppEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dcluster.app..")
                .and()
                .doNotHaveFullyQualifiedName("dcluster.runtime.Halt")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(CLASSES);
    }

    @Test
    void anAlgorithmShowsItsProviderAlone() {
        classes()
                .that()
                .resideInAnyPackage(
                        "dcluster.abd..",
                        "dcluster.paxos..",
                        "dcluster.quorum..",
                        "dcluster.raft..",
                        "dcluster.twophase..",
                        "dcluster.unreplicated..")
                .and()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .implement("dcluster.spi.AlgorithmProvider")
                .check(CLASSES);
    }

    private static void onlyIn(String module, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(CLASSES);
    }
}
