package soliloquy.cdvd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import soliloquy.machine.InputException;

/** The directories and files of a disc that is being laid out. Names are those of ECMA-119 interchange level 1. */
final class IsoTree {
    /** Levels of directories, the root included (ECMA-119, 6.8.2.1). */
    private static final int LEVELS = 8;

    private static final Pattern DIRECTORY_NAME = Pattern.compile("[A-Z0-9_]{1,8}");
    private static final Pattern FILE_NAME = Pattern.compile("([A-Z0-9_]{1,8})(?:\\.([A-Z0-9_]{0,3}))?(?:;1)?");

    /** By name, then extension, each as if filled with spaces (ECMA-119, 9.3). */
    private static final Comparator<Node> ORDER =
            Comparator.comparing(Node::stem).thenComparing(Node::extension);

    /** Something with a directory record. */
    sealed interface Node permits Directory, File {
        Directory parent();

        String stem();

        String extension();

        /** The identifier in the directory record. */
        String identifier();

        int lsn();

        long size();

        default String path() {
            Directory parent = parent();
            if (parent == null) {
                return "\\";
            }
            return (parent.parent() == null ? "" : parent.path()) + "\\" + identifier();
        }

        default IsoEntry entry() {
            return new IsoEntry(path(), lsn(), size(), this instanceof Directory);
        }
    }

    /** A directory; its place and size are known once the disc is planned. */
    static final class Directory implements Node {
        private final Directory parent;
        private final String name;
        final TreeSet<Node> children = new TreeSet<>(ORDER);
        int lsn;
        int size;
        int number;

        Directory(Directory parent, String name) {
            this.parent = parent;
            this.name = name;
        }

        @Override
        public Directory parent() {
            return parent;
        }

        @Override
        public String stem() {
            return name;
        }

        @Override
        public String extension() {
            return "";
        }

        @Override
        public String identifier() {
            return name;
        }

        @Override
        public int lsn() {
            return lsn;
        }

        @Override
        public long size() {
            return size;
        }
    }

    /** A file; its place is known once the disc is planned. */
    static final class File implements Node {
        private final Directory parent;
        private final String stem;
        private final String extension;
        private final long size;
        final IsoSource source;
        int lsn;

        File(Directory parent, String stem, String extension, long size, IsoSource source) {
            this.parent = parent;
            this.stem = stem;
            this.extension = extension;
            this.size = size;
            this.source = source;
        }

        @Override
        public Directory parent() {
            return parent;
        }

        @Override
        public String stem() {
            return stem;
        }

        @Override
        public String extension() {
            return extension;
        }

        @Override
        public String identifier() {
            return stem + "." + extension + ";1";
        }

        @Override
        public int lsn() {
            return lsn;
        }

        @Override
        public long size() {
            return size;
        }
    }

    final Directory root = new Directory(null, "");
    final List<File> files = new ArrayList<>();

    /** Adds a file and the directories it needs. */
    void add(String path, long size, IsoSource source) throws InputException {
        String[] components = path.replace('/', '\\').replaceFirst("^\\\\", "").split("\\\\", -1);
        if (components.length > LEVELS) {
            throw new InputException("The disc path " + path + " has " + components.length
                    + " levels; ISO 9660 allows at most " + LEVELS + ".");
        }
        Directory here = root;
        for (int i = 0; i < components.length - 1; i++) {
            here = directory(here, components[i], path);
        }
        var matcher = FILE_NAME.matcher(components[components.length - 1]);
        if (!matcher.matches()) {
            throw new InputException("The disc path " + path + " ends in \"" + components[components.length - 1]
                    + "\"; expected a Level 1 name: up to 8 of A-Z, 0-9 and _, then a dot and up to 3.");
        }
        String extension = matcher.group(2) == null ? "" : matcher.group(2);
        File file = new File(here, matcher.group(1), extension, size, source);
        if (!here.children.add(file)) {
            throw new InputException("The disc path " + path + " is added twice.");
        }
        files.add(file);
    }

    private static Directory directory(Directory parent, String name, String path) throws InputException {
        if (!DIRECTORY_NAME.matcher(name).matches()) {
            throw new InputException("The disc path " + path + " has a directory \"" + name
                    + "\"; expected a Level 1 name: up to 8 of A-Z, 0-9 and _.");
        }
        Directory wanted = new Directory(parent, name);
        Node present = parent.children.floor(wanted);
        if (present != null && ORDER.compare(present, wanted) == 0) {
            if (present instanceof Directory directory) {
                return directory;
            }
            throw new InputException("The disc path " + path + " needs a directory " + name + "; it is a file.");
        }
        parent.children.add(wanted);
        return wanted;
    }

    /** All directories, level by level and in order within a level: the order of the path table (ECMA-119, 6.9.1). */
    List<Directory> directories() {
        List<Directory> found = new ArrayList<>();
        found.add(root);
        for (int i = 0; i < found.size(); i++) {
            for (Node child : found.get(i).children) {
                if (child instanceof Directory directory) {
                    found.add(directory);
                }
            }
        }
        return found;
    }
}
