package dev.geotherm.anchors.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Character.UnicodeScript;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageDetectorTest {
    private static Map<UnicodeScript, Language> languages(String text) {
        return LanguageDetector.languages(NormalText.of(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | An abstract of the experiments with heat transfer in the boundary layer",
                "en | Glossary of Computer Engineering and Programming Terminology",
                "en | heat transfer",
                "de | Die Häuser der alten Stadt sind nicht weit von dem Fluss entfernt",
                "fr | Les maisons de la vieille ville ne sont pas loin de la rivière",
                "es | Las casas de la ciudad vieja no están lejos del río y son muy antiguas",
                "it | Le case della città vecchia non sono lontane dal fiume e la gente è gentile",
                "pt | As casas da cidade velha não ficam longe do rio e são muito antigas",
                "nl | De huizen van de oude stad zijn niet ver van het water en worden verkocht",
                "sv | Husen i den gamla staden är inte långt från floden och det är vackert",
                "da | Husene i den gamle by er ikke langt fra floden, og det er smukt af natur",
                "no | Husene i den gamle byen er ikke langt fra elven, og det er vakkert å se av dem",
                "fi | Vanhan kaupungin talot eivät ole kaukana joesta, ja se on kaunis mutta kallis",
                "hu | Az óváros házai nem messze vannak a folyótól, és ez egy szép hely is",
                "cs | Domy ve starém městě nejsou daleko od řeky a je to hezké, že se prodávají",
                "ro | Casele din orașul vechi nu sunt departe de râu și este un loc frumos",
                "tr | Eski şehrin evleri nehirden uzak değil ve bu çok güzel bir yer",
                "id | Rumah di kota tua itu tidak jauh dari sungai dan tempat ini adalah indah",
                "pl | Domy na starym mieście nie są daleko od rzeki i jest to ładne, że się sprzedają",
                "vi | Những ngôi nhà của thành phố cổ không xa sông và là một nơi đẹp",
                "yo | Àwọn ilé ní ìlú àtijọ́ ti wà ní ẹ̀bá odò, ó sì dára fún wọn",
                "und-latin | Café crème brûlée",
                "tl | Ang mga bahay sa lumang bayan ay hindi malayo sa ilog",
                "und-latin | bayan ulan hangin araw buwan gabi umaga tanghali isda gulay kanin tubig apoy lupa dagat"
                        + " bundok ilog daan kotse bahay pinto bintana mesa upuan aklat papel lapis guro bata langit puno",
                "en | nursing care care by a skilled nurse",
                "en | proinflammatory, pro-inflammatory tending to cause inflammation",
                "en | Juan Carlos, Juan Carlos Victor Maria de Borbon y Borbon king of Spain since 1975 (born in 1938)",
                "en | interior door a door that closes off rooms within a building",
                "en | Proposed Standard, card code, punched card, code, systems, van de Riet, January 1978 1:51 AM",
                "ru | Дома старого города не далеко от реки, и это красиво, но дорого",
                "uk | Будинки старого міста не далеко від річки, і це гарно, але дорого для нього",
                "bg | Къщите на стария град не са далеко от реката и това е красиво, че се продават",
                "ar | البيوت في المدينة القديمة ليست بعيدة عن النهر",
                "fa | خانه‌های شهر قدیمی از رودخانه دور نیست و این برای مردم است",
                "hi | पुराने शहर के घर नदी से दूर नहीं हैं और यह सुंदर है",
                "el | Τα σπίτια της παλιάς πόλης δεν είναι μακριά από το ποτάμι",
            })
    void languages_areToldByFunctionWords(String code, String text) {
        assertThat(languages(text).values()).extracting(Language::code).containsExactly(code);
    }

    @Test
    void languages_areThoseOfEachScript() {
        assertThat(languages("Die Stadt ist nicht weit. Город не далеко от реки, но это дорого."))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(UnicodeScript.LATIN, Language.GERMAN, UnicodeScript.CYRILLIC, Language.RUSSIAN));
        assertThat(languages("東京都の図書館")).isEmpty();
        assertThat(languages("")).isEmpty();
    }

    @Test
    void languages_aSymbolInAFormulaIsNoGreekText() {
        assertThat(languages("the ratio of the angle η to the angle and to the height is that of the two planes"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(UnicodeScript.LATIN, Language.ENGLISH, UnicodeScript.GREEK, Language.OTHER_GREEK));
    }
}
