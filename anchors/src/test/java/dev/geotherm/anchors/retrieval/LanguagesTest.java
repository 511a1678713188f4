package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches by words in texts of many languages, which are in one index. */
class LanguagesTest {
    private static final List<String> TEXTS = List.of(
            "en|The studies of running waters in the valley were funded by the universities",
            "de|Die Häuser der alten Städte sind in den Büchern der Schulen beschrieben",
            "fr|Les chevaux et les chanteurs généraux sont dans les jardins de l'hôpital",
            "es|Las canciones de los niños son más alegres que los camiones de la ciudad",
            "it|Le ragazze e i ragazzi sono nelle scuole della città con gli amici",
            "pt|As nações e os animais não são mais como os de uma lição de história",
            "nl|De boeken en de fietsen zijn niet van het museum maar van de kinderen",
            "sv|Husen och bilarna är inte från den gamla staden men från skogarna",
            "da|Bøgerne og husene er ikke fra den gamle by, men de har været der",
            "no|Bøkene og husene er ikke fra den gamle byen, men de har vært der av og til",
            "fi|Talojen ovet ja kirjojen kannet olivat niin vanhoja että ne ovat rikki",
            "hu|A könyvek és a házak nem az öregeké, hanem egy fiatal családé, és ez jó",
            "cs|Knihy a domy jsou ve městech, ale není jasné, že to je pro školy",
            "tr|Kitaplar ve evler bu şehir için çok güzel olan daha eski yerler gibi",
            "id|Membaca buku dan bermain dengan anak itu adalah tidak sulit untuk guru",
            "ru|Книгами и домами в городах он не был доволен, но это только для него",
            "uk|Бібліотека у місті, і це для всіх, але не за гроші, що є дивно",
            "el|Τα βιβλία και οι δρόμοι της πόλης δεν είναι για τους μαθητές",
            "ar|الكتب في المدرسة من أجل الطلاب على كل حال",
            "fa|کتاب‌ها در خانه‌های شهر برای دانش‌آموزان است و این خوب است",
            "hi|किताबें और लड़कियों के घर शहर में हैं और यह अच्छा है",
            "zh|东京都立图书馆收藏了很多历史书籍",
            "ja|図書館でたくさんの歴史の本を読みました",
            "ko|도서관에서 역사책을 많이 읽었습니다",
            "th|ห้องสมุดแห่งชาติมีหนังสือประวัติศาสตร์มากมาย",
            "km|បណ្ណាល័យជាតិមានសៀវភៅប្រវត្តិសាស្ត្រជាច្រើន",
            "yo|Àwọn ọmọdé ní ìlú àtijọ́ ti wà ní ilé ẹ̀kọ́, ó sì dára fún wọn");

    @TempDir
    private Path folder;

    private LuceneIndexes indexes;

    @BeforeEach
    void open() {
        indexes = indexes(Map.of());
    }

    private LuceneIndexes indexes(Map<String, String> settings) {
        return new LuceneIndexes(
                Settings.of(LuceneIndexesSettings.class, settings),
                ComponentContext.standalone("languages").withWorkDirectory(folder.resolve("work")));
    }

    @AfterEach
    void close() {
        indexes.close();
    }

    private static Passage passage(String id, String text) {
        return new Passage(id, id, "", text, 0, text.length(), Instant.EPOCH, null, new float[] {1, 2});
    }

    private static void add(PassageIndex index) {
        List<Passage> passages = new ArrayList<>();
        for (String text : TEXTS) {
            passages.add(passage(text.split("\\|")[0], text.split("\\|")[1]));
        }
        index.index(passages);
        index.refresh();
    }

    private static List<String> found(PassageIndex index, String words) {
        return index.retriever().search(Query.lexical(words, 3)).stream()
                .map(Hit::passage)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "en, study run university",
        "de, das Haus der Stadt",
        "de, haeuser",
        "fr, cheval général",
        "fr, hopital",
        "es, canción niño",
        "it, scuola amico",
        "pt, nação animal",
        "nl, boek fiets",
        "sv, bil skog",
        "da, bog huset bøger",
        "no, boken bøker",
        "fi, talo kirja",
        "hu, könyv ház",
        "cs, kniha město",
        "tr, kitap ev",
        "id, baca main",
        "ru, книга дом город",
        "uk, бібліотека",
        "el, δρόμος βιβλίο",
        "el, δρομοι",
        "ar, كتاب المدارس مدرسة",
        "fa, کتاب شهر",
        "hi, किताब लड़की",
        "zh, 图书馆",
        "ja, 図書館",
        "ko, 도서관",
        "th, หนังสือ",
        "km, សៀវភៅ",
        "yo, omode ile eko",
        "yo, o\u0301mo\u0323de",
    })
    void search_findsOtherFormsOfAWord(String passage, String words) {
        try (PassageIndex index = indexes.open("all")) {
            add(index);
            assertThat(found(index, words)).as(words).startsWith(passage);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Café, Cafe\u0301",
        "oﬃce, office",
        "ＡＢＣ１２, abc12",
        "hyphen\u00ADation, hyphenation",
        "Straße, STRASSE",
        "Wörter, worter",
    })
    void search_findsWhatLooksTheSame(String text, String words) {
        try (PassageIndex index = indexes.open("same")) {
            index.index(List.of(passage("text", text), passage("words", words)));
            index.refresh();
            assertThat(found(index, words)).containsExactlyInAnyOrder("text", "words");
            assertThat(found(index, text)).containsExactlyInAnyOrder("text", "words");
        }
    }

    @Test
    void search_withoutFoldingKeepsDiacritics() {
        try (LuceneIndexes exact = indexes(Map.of("foldDiacritics", "false"));
                PassageIndex index = exact.open("exact")) {
            index.index(List.of(passage("marked", "ọkọ̀"), passage("plain", "oko")));
            index.refresh();
            assertThat(found(index, "ọkọ̀")).containsExactly("marked");
            assertThat(found(index, "oko")).containsExactly("plain");
        }
    }

    @Test
    void search_isNotMisledByTheRarityOfAWordInAnotherLanguage() {
        try (PassageIndex index = indexes.open("rare")) {
            List<Passage> passages = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                passages.add(passage("en" + i, "The number " + i + " of the passages that are in English is this"));
            }
            passages.add(passage("en", "This is the passage of the volcano and that is it"));
            passages.add(passage("de", "Das ist ein Text, der nicht von einem Buch mit a handelt"));
            index.index(passages);
            index.refresh();
            assertThat(found(index, "a volcano").get(0)).isEqualTo("en");
        }
    }

    @Test
    void search_isThatOfAnIndexThatNeverHadTheRemovedLanguages() {
        try (PassageIndex index = indexes.open("removed");
                PassageIndex fresh = indexes.open("fresh")) {
            add(index);
            index.remove(TEXTS.stream()
                    .map(text -> text.split("\\|")[0])
                    .filter(id -> !id.equals("en"))
                    .toList());
            index.refresh();
            fresh.index(List.of(passage("en", TEXTS.get(0).split("\\|")[1])));
            fresh.refresh();
            Query query = Query.lexical("running studies of waters", 3);
            assertThat(index.retriever().search(query))
                    .isEqualTo(fresh.retriever().search(query));
        }
    }

    @Test
    void reindex_appliesNewSettings() {
        Path durable = folder.resolve("durable");
        List<Passage> before;
        try (PassageIndex index = indexes.open("one", durable)) {
            add(index);
            assertThat(index.needsReindexing()).isFalse();
            index.commit("marker");
            before = index.find(List.of("de", "en"));
        }
        try (LuceneIndexes english = indexes(Map.of("language", "none"));
                PassageIndex index = english.open("one", durable)) {
            assertThat(index.needsReindexing()).isTrue();
            assertThat(found(index, "haus")).as("searches analyse as before").startsWith("de");
            index.reindex("again");
            assertThat(index.needsReindexing()).isFalse();
            assertThat(found(index, "haus")).isEmpty();
            assertThat(found(index, "häuser")).containsExactly("de");
            assertThat(index.find(List.of("de", "en")))
                    .usingRecursiveComparison()
                    .as("passages keep everything, vectors to the last bit")
                    .isEqualTo(before);
            assertThat(index.size()).isEqualTo(TEXTS.size());
            assertThat(index.marker()).contains("again");
        }
        try (PassageIndex index = indexes.open("one", durable)) {
            assertThat(index.needsReindexing()).isTrue();
            assertThat(found(index, "haus")).isEmpty();
        }
    }

    @Test
    void reindex_ofAReconfiguredIndexKeepsSearching() {
        try (PassageIndex index = indexes.open("live")) {
            add(index);
            indexes.reconfigure(Settings.of(LuceneIndexesSettings.class, Map.of("language", "none")));
            assertThat(index.needsReindexing()).isTrue();
            assertThat(found(index, "haus")).startsWith("de");
            index.index(List.of(passage("new", "Häuser in der Stadt sind das")));
            index.reindex("");
            assertThat(found(index, "haus")).isEmpty();
            assertThat(found(index, "häuser")).containsExactlyInAnyOrder("new", "de");
        }
    }
}
