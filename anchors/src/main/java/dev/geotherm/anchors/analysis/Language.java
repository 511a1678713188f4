package dev.geotherm.anchors.analysis;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A language: its code, its script, and the function words that identify its texts. Languages without stemming are included
 * because their texts would otherwise be mistaken for another language.
 *
 * <p>No function word in the Latin script is a single letter without marks, because formulas and abbreviations are full of
 * such letters. The first language of a script is its default, for texts of undetermined language. Function words are in
 * normal form ({@link NormalText}).
 */
enum Language {
    ENGLISH(
            "en",
            UnicodeScript.LATIN,
            "the of and to in is that for with are as by this be it on an at or from which was were have has had not but"
                    + " can its their these his her they been when such than one all will would who what how into between"
                    + " may other more used some we he she you your there if so no about any do does over under where"),
    BASQUE("eu", UnicodeScript.LATIN, "eta da ez du dira bat zen ere baina izan dute hau bere zuen dituzte dago"),
    CATALAN(
            "ca",
            UnicodeScript.LATIN,
            "el la els les de del que en un una per amb és no al dels va se més com són aquest"),
    CZECH("cs", UnicodeScript.LATIN, "na je se že to do jako by ale pro si od byl podle které však jsou nebo při"),
    DANISH(
            "da",
            UnicodeScript.LATIN,
            "og er det at en den til af på for ikke med som de et har der var fra eller han jeg kan blev også"),
    DUTCH(
            "nl",
            UnicodeScript.LATIN,
            "de het een van en in is dat op te met voor zijn niet aan er om ook als maar dan bij uit naar door wordt"
                    + " deze worden of was we"),
    ESTONIAN("et", UnicodeScript.LATIN, "ja on ei et see oli ka kui mis aga või oma seda ning tema olid selle"),
    FINNISH(
            "fi",
            UnicodeScript.LATIN,
            "ja on ei se että oli ovat hän mutta joka kun niin tai myös sen kuin ole jotka voi sekä"),
    FRENCH(
            "fr",
            UnicodeScript.LATIN,
            "le la les de des du et est un une dans que qui pour pas sur au aux avec par il elle ce sont plus ou cette"
                    + " ses en qu ne se"),
    GALICIAN(
            "gl",
            UnicodeScript.LATIN,
            "os as de do da que en un unha para con non por se no na é máis ao como foi son pola dos"),
    GERMAN(
            "de",
            UnicodeScript.LATIN,
            "der die das und ist nicht ein eine einen dem den des im von zu mit sich auf für auch als nach bei wird"
                    + " sind oder wurde werden durch über ich er es sie kann aus in an war so"),
    HUNGARIAN("hu", UnicodeScript.LATIN, "az és hogy nem is egy van volt ez azt de meg mint csak ha el vagy ki lehet"),
    INDONESIAN(
            "id",
            UnicodeScript.LATIN,
            "yang dan di dari untuk dengan pada adalah ini itu dalam tidak akan ke oleh atau sebagai juga telah"),
    IRISH("ga", UnicodeScript.LATIN, "an na agus ar is go ag sé bhí le ó do nach tá níl"),
    ITALIAN(
            "it",
            UnicodeScript.LATIN,
            "il lo la gli le di del della dei che è un una per non in con si sono da al alla nel più anche come dell"
                    + " delle"),
    LATVIAN("lv", UnicodeScript.LATIN, "un ir ar no par ka kas uz tas bija kā bet vai arī tika līdz"),
    LITHUANIAN("lt", UnicodeScript.LATIN, "ir yra kad į su iš bet kaip tai ne buvo už per arba taip pat jo"),
    NORWEGIAN(
            "no",
            UnicodeScript.LATIN,
            "og er det at en den til av på for ikke med som de et har var fra eller han jeg kan ble å også"),
    PORTUGUESE(
            "pt",
            UnicodeScript.LATIN,
            "os as de do da dos das que em um uma para com não por se no na é mais ao como foi são"),
    ROMANIAN(
            "ro",
            UnicodeScript.LATIN,
            "și în de la cu pe un este nu care din mai pentru că sunt au fost prin ca sau lui al"),
    SPANISH(
            "es",
            UnicodeScript.LATIN,
            "el la los las de del que en un una es por con para se no su al lo como más pero sus son está fue"),
    SWEDISH(
            "sv",
            UnicodeScript.LATIN,
            "och är det att en den till av på för inte med som de ett har var från eller han jag kan om också"),
    TURKISH(
            "tr",
            UnicodeScript.LATIN,
            "ve bir bu için ile da de olarak olan daha çok gibi sonra kadar ne ama değil en her"),
    CROATIAN("hr", UnicodeScript.LATIN, "je na se da za od su koji to kao ili iz što nije bio koja su"),
    POLISH("pl", UnicodeScript.LATIN, "nie się na jest że do to jak ale po tak za od czy przez są dla oraz jego był"),
    SWAHILI("sw", UnicodeScript.LATIN, "ya wa na kwa ni katika za la cha kuwa huo hii au kama pia"),
    TAGALOG("tl", UnicodeScript.LATIN, "ang mga sa na ng ay hindi kung para siya ako niya ito nang"),
    VIETNAMESE("vi", UnicodeScript.LATIN, "là và của các có được trong một cho không người những với này đã"),
    YORUBA(
            "yo",
            UnicodeScript.LATIN,
            "ni ti si awon fun won pe lati ati ninu ní tí ó sí àwọn wọ́n pé láti àti nínú jẹ́ je"),

    RUSSIAN(
            "ru",
            UnicodeScript.CYRILLIC,
            "и в не на что с по как это из к за от но он она для был его или же так только при а я"),
    BULGARIAN("bg", UnicodeScript.CYRILLIC, "и в на се да е за от с не са по като че това ще който при или"),
    SERBIAN("sr", UnicodeScript.CYRILLIC, "и у је на се да за од су са који не као то из што"),
    UKRAINIAN("uk", UnicodeScript.CYRILLIC, "і в не на що з до та як це за від але він для був його або у й"),

    ARABIC("ar", UnicodeScript.ARABIC, "في من على إلى أن هذا التي الذي ما لا عن مع هذه كان ذلك بعد"),
    PERSIAN("fa", UnicodeScript.ARABIC, "و در به از که این را با است برای آن یک می تا شد هم"),
    SORANI("ckb", UnicodeScript.ARABIC, "لە بە کە بۆ ئەو ئەم دەکات لەسەر"),
    URDU("ur", UnicodeScript.ARABIC, "کے کی میں ہے اور سے کا کو نے پر یہ ہیں"),

    HINDI("hi", UnicodeScript.DEVANAGARI, "के है में की और से का को पर यह हैं ने"),
    MARATHI("mr", UnicodeScript.DEVANAGARI, "आहे आणि या व ते हे आहेत होते"),
    NEPALI("ne", UnicodeScript.DEVANAGARI, "र को मा छ यो पनि गर्न भएको छन्"),

    ARMENIAN("hy", UnicodeScript.ARMENIAN, "եւ և է են որ"),
    BENGALI("bn", UnicodeScript.BENGALI, "ও এই এবং"),
    GREEK("el", UnicodeScript.GREEK, "και το η ο να"),
    TAMIL("ta", UnicodeScript.TAMIL, "ஒரு என்று"),
    TELUGU("te", UnicodeScript.TELUGU, "ఈ మరియు"),

    OTHER_LATIN(UnicodeScript.LATIN),
    OTHER_CYRILLIC(UnicodeScript.CYRILLIC),
    OTHER_ARABIC(UnicodeScript.ARABIC),
    OTHER_DEVANAGARI(UnicodeScript.DEVANAGARI),
    OTHER_ARMENIAN(UnicodeScript.ARMENIAN),
    OTHER_BENGALI(UnicodeScript.BENGALI),
    OTHER_GREEK(UnicodeScript.GREEK),
    OTHER_TAMIL(UnicodeScript.TAMIL),
    OTHER_TELUGU(UnicodeScript.TELUGU);

    /** The prefix of codes for undetermined languages. */
    private static final String UNDETERMINED = "und-";

    private final String code;
    private final UnicodeScript script;
    private final String functionWords;

    Language(String code, UnicodeScript script, String functionWords) {
        this.code = code;
        this.script = script;
        this.functionWords = functionWords;
    }

    /** Creates the placeholder for unknown or undetermined languages of a script. */
    Language(UnicodeScript script) {
        this("und-" + script.name().toLowerCase(Locale.ROOT), script, "");
    }

    /**
     * Returns the ISO 639 code, such as {@code en}, or a code such as {@code und-latin} for an unknown language of a script.
     */
    String code() {
        return code;
    }

    UnicodeScript script() {
        return script;
    }

    List<String> functionWords() {
        return functionWords.isEmpty() ? List.of() : List.of(functionWords.split(" "));
    }

    /** Returns the language with a code, or empty. */
    static Optional<Language> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }

    /** Returns the sorted codes of all known languages. */
    static List<String> codes() {
        return Arrays.stream(values())
                .map(Language::code)
                .filter(code -> !code.startsWith(UNDETERMINED))
                .sorted()
                .toList();
    }

    /** Returns the default language of each script. */
    static Map<UnicodeScript, Language> usual() {
        Map<UnicodeScript, Language> usual = new EnumMap<>(UnicodeScript.class);
        for (Language language : values()) {
            usual.putIfAbsent(language.script, language);
        }
        return usual;
    }

    /** Returns the placeholder of each script for unknown or undetermined languages. */
    static Map<UnicodeScript, Language> others() {
        Map<UnicodeScript, Language> others = new EnumMap<>(UnicodeScript.class);
        for (Language language : values()) {
            others.put(language.script, language); // the last language of a script wins
        }
        return others;
    }
}
