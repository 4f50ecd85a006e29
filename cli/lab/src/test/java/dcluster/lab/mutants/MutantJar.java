package dcluster.lab.mutants;

import dcluster.spi.AlgorithmProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes a plugin jar of mutants: the sources of algorithms, once for each mutation, compiled. */
final class MutantJar {
    private static final String SERVICE = "META-INF/services/" + AlgorithmProvider.class.getName();

    private static final Path TOOLKIT = Path.of("../../algorithms/toolkit/src/main/java/dcluster/toolkit");

    private MutantJar() {}

    /** Writes the jar; {@code folder} is for what is in it. */
    static void write(Path jar, Path folder, List<Mutated> algorithms) throws IOException {
        var sources = new ArrayList<JavaFileObject>();
        var services = new StringBuilder();
        for (var algorithm : algorithms) {
            for (var mutation : algorithm.mutations()) {
                sources.addAll(sourcesOf(algorithm, mutation));
                services.append(mutation.packageName())
                        .append('.')
                        .append(algorithm.provider())
                        .append('\n');
            }
        }
        compile(sources, folder);
        var service = folder.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(service, services);
        pack(folder, jar);
    }

    private static List<JavaFileObject> sourcesOf(Mutated algorithm, Mutation mutation) throws IOException {
        var sources = new TreeMap<>(javaFiles(algorithm.sources(), ""));
        if (mutation.changesToolkit()) {
            sources.putAll(javaFiles(TOOLKIT, Mutation.TOOLKIT));
        }
        mutation.edits().forEach(edit -> requireSource(sources.keySet(), edit.file()));
        var changed = new ArrayList<JavaFileObject>();
        for (var file : sources.entrySet()) {
            var source = mutation.in(file.getKey(), Files.readString(file.getValue()));
            if (file.getKey().equals(algorithm.provider() + ".java")) {
                source = marked(algorithm, mutation, source);
            }
            if (mutation.changesToolkit()) {
                source = source.replace("dcluster.toolkit", mutation.packageName() + ".toolkit");
            }
            source = source.replace(algorithm.packageName(), mutation.packageName());
            changed.add(new Source(mutation, file.getKey(), source));
        }
        return changed;
    }

    /** Those of a folder, by their name as mutations have it. */
    private static Map<String, Path> javaFiles(Path folder, String prefix) throws IOException {
        var found = new TreeMap<String, Path>();
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> found.put(prefix + file.getFileName(), file));
        }
        return found;
    }

    private static void requireSource(Set<String> files, String file) {
        if (!files.contains(file)) {
            throw new IllegalStateException("a mutation changes what is not there, adapt it: " + file);
        }
    }

    /** A mutant's provider has its name, and tells what is wrong with it. */
    private static String marked(Mutated algorithm, Mutation mutation, String source) {
        var provider = algorithm.provider();
        var named = new Mutation.Edit(
                provider, "return \"" + algorithm.name() + "\";", "return \"" + mutation.name() + "\";");
        var marked = new Mutation.Edit(
                provider, "implements AlgorithmProvider<", "implements dcluster.spi.Mutant, AlgorithmProvider<");
        var told = new Mutation.Edit(
                provider,
                "    public String name() {",
                "    public String flaw() {\n        return \"" + mutation.flaw() + "\";\n    }\n\n"
                        + "    @Override\n    public String name() {");
        return told.in(marked.in(named.in(source)));
    }

    private static void compile(List<JavaFileObject> sources, Path folder) {
        var problems = new java.io.StringWriter();
        var options = List.of(
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-nowarn",
                "-parameters");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(problems, null, null, options, null, sources)
                .call();
        if (!compiled) {
            throw new IllegalStateException("a mutant does not compile, adapt it: " + problems);
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Mutation mutation, String file, String text) {
            super(URI.create("string:///" + mutation.packageName().replace('.', '/') + "/" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
