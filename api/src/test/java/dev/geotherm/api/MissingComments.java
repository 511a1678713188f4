package dev.geotherm.api;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A scanner for public and protected elements of Java source without a documentation comment; overriding methods
 * inherit theirs.
 */
final class MissingComments extends TreePathScanner<Void, String> {
    private final DocTrees comments;
    private final List<String> missing = new ArrayList<>();

    private MissingComments(DocTrees comments) {
        this.comments = comments;
    }

    static List<String> in(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            return scan(compiler, manager.getJavaFileObjectsFromPaths(files));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    static List<String> in(String source) {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///C.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        return scan(ToolProvider.getSystemJavaCompiler(), List.of(file));
    }

    private static List<String> scan(JavaCompiler compiler, Iterable<? extends JavaFileObject> files) {
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, files);
        MissingComments found = new MissingComments(DocTrees.instance(task));
        try {
            for (CompilationUnitTree unit : task.parse()) {
                found.scan(unit, "");
            }
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
        return found.missing;
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
        if (!isVisible(type.getModifiers())) {
            return null;
        }
        String name = outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName();
        require(name);
        if (type.getKind() == Tree.Kind.CLASS && type.getMembers().stream().noneMatch(MissingComments::isConstructor)) {
            missing.add(name + ".<init>");
        }
        return super.visitClass(type, name);
    }

    @Override
    public Void visitBlock(BlockTree initializer, String type) {
        return null;
    }

    @Override
    public Void visitMethod(MethodTree method, String type) {
        if (isVisible(method.getModifiers()) && !overrides(method)) {
            require(type + "." + method.getName());
        }
        return null;
    }

    @Override
    public Void visitVariable(VariableTree field, String type) {
        if (isPartOfRecord(field)) {
            if (!parameters().contains(field.getName().toString())) {
                missing.add(type + "." + field.getName());
            }
        } else if (isVisible(field.getModifiers())) {
            require(type + "." + field.getName());
        }
        return null;
    }

    private void require(String name) {
        DocCommentTree comment = comments.getDocCommentTree(getCurrentPath());
        if (comment == null || comment.getFullBody().isEmpty()) {
            missing.add(name);
        }
    }

    /** Returns the names for which the comment of the enclosing type has a {@code @param}. */
    private Set<String> parameters() {
        DocCommentTree comment = comments.getDocCommentTree(getCurrentPath().getParentPath());
        return comment == null
                ? Set.of()
                : comment.getBlockTags().stream()
                        .filter(tag -> tag instanceof ParamTree param && !param.isTypeParameter())
                        .map(tag -> ((ParamTree) tag).getName().toString())
                        .collect(Collectors.toSet());
    }

    private boolean isPartOfRecord(VariableTree field) {
        return around().getKind() == Tree.Kind.RECORD
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /** Members of interfaces and enum constants are implicitly public. */
    private boolean isVisible(ModifiersTree modifiers) {
        Set<Modifier> flags = modifiers.getFlags();
        TreePath parent = getCurrentPath().getParentPath();
        boolean inInterface = parent.getLeaf() instanceof ClassTree type
                && (type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE);
        return flags.contains(Modifier.PUBLIC)
                || flags.contains(Modifier.PROTECTED)
                || (inInterface && !flags.contains(Modifier.PRIVATE));
    }

    private ClassTree around() {
        return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private static boolean isConstructor(Tree member) {
        return member instanceof MethodTree method && method.getName().contentEquals("<init>");
    }

    private static boolean overrides(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
}
