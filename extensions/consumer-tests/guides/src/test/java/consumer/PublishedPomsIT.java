package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a public repository asks of each published pom, and what our own poms have in common. */
class PublishedPomsIT {
    private static final Path ROOT = ProjectFiles.ROOT;

    /** A jar or plugin of this build, the version of the bom, or a sentence on this version. */
    private static final Pattern VERSION_IN_PAGE = Pattern.compile("(?:geotherm-[a-z][a-z0-9-]*?-"
            + "|<artifactId>geotherm-bom</artifactId>\\s*<version>"
            + "|This is version )(\\d+\\.\\d+\\.\\d+(?:-SNAPSHOT)?)");

    private static String text(Document pom, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, pom).strip();
    }

    private static Document read(Path pom) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    }

    @Test
    void publishedPomsSayWhatTheyAre() throws Exception {
        Document parent = read(ROOT.resolve("pom.xml"));
        int published = 0;
        for (Path file : ProjectFiles.endingWith("/pom.xml")) {
            Document pom = read(file);
            if (text(pom, "/project/properties/maven.deploy.skip").equals("true")
                    || file.toString().contains("consumer-tests")) {
                continue;
            }
            published++;
            for (String own : List.of("name", "description", "artifactId")) {
                assertThat(text(pom, "/project/" + own))
                        .as("%s of %s", own, file)
                        .isNotEmpty();
            }
            boolean inherits = text(pom, "/project/parent/artifactId").equals("geotherm-parent");
            for (String inherited : List.of(
                    "groupId",
                    "version",
                    "url",
                    "licenses/license/name",
                    "licenses/license/url",
                    "developers/developer/name",
                    "scm/connection",
                    "scm/developerConnection",
                    "scm/url")) {
                assertThat(text(inherits ? parent : pom, "/project/" + inherited))
                        .as("%s of %s", inherited, file)
                        .isNotEmpty();
            }
        }
        assertThat(published).isGreaterThanOrEqualTo(15);
    }

    @Test
    void versionIsOneProperty() throws Exception {
        List<String> others = new ArrayList<>();
        for (Path file : ProjectFiles.endingWith("/pom.xml")) {
            for (String place : List.of(
                    "/project[groupId]/version",
                    "/project/parent[starts-with(groupId, 'dev.geotherm')]/version",
                    "/project/dependencyManagement/dependencies/dependency[starts-with(groupId, 'dev.geotherm')]/version",
                    "/project/dependencies/dependency[starts-with(groupId, 'dev.geotherm')]/version")) {
                String found = text(read(file), place);
                if (!List.of("", "${revision}", "${project.version}").contains(found)) {
                    others.add(file + ": " + found);
                }
            }
        }
        assertThat(others).isEmpty();
    }

    @Test
    void pagesNameTheVersion() throws Exception {
        Matcher property =
                Pattern.compile("-Drevision=(\\S+)").matcher(Files.readString(ROOT.resolve(".mvn/maven.config")));
        assertThat(property.find()).isTrue();
        List<String> named = new ArrayList<>();
        for (Path page : ProjectFiles.endingWith(".md")) {
            VERSION_IN_PAGE
                    .matcher(Files.readString(page))
                    .results()
                    .forEach(each -> named.add(page + ": " + each.group(1)));
        }
        assertThat(named).isNotEmpty().allSatisfy(each -> assertThat(each).endsWith(": " + property.group(1)));
    }

    /** A change of what nobody can use breaks nothing. */
    @Test
    void apiIsComparedWithoutWhatNoModuleExports() throws Exception {
        List<String> hidden = new ArrayList<>();
        for (Path module : ProjectFiles.endingWith("src/main/java/module-info.java")) {
            String exports = Files.readString(module);
            try (Stream<Path> files = Files.walk(module.getParent())) {
                files.filter(file -> file.endsWith("package-info.java"))
                        .map(file -> module.getParent()
                                .relativize(file.getParent())
                                .toString()
                                .replace('/', '.'))
                        .filter(name -> name.startsWith("dev.geotherm") && !exports.contains("exports " + name + ";"))
                        .forEach(hidden::add);
            }
        }
        NodeList excluded = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate("//parameter/excludes/exclude", read(ROOT.resolve("pom.xml")), XPathConstants.NODESET);
        List<String> named = new ArrayList<>();
        for (int i = 0; i < excluded.getLength(); i++) {
            named.add(excluded.item(i).getTextContent());
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(hidden);
    }

    @Test
    void publishedPomsContainItsValue() throws Exception {
        for (String module : List.of(".", "bom", "api", "engine")) {
            String pom = Files.readString(ROOT.resolve(module).resolve("target/published-pom.xml"));
            assertThat(pom).as(module).doesNotContain("${revision}").containsPattern("<version>[0-9]");
        }
    }
}
