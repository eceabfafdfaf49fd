//! The copy desk's rules: `TP01` marks, spaces and figures, `TP02` words. A rule's page stands
//! beside this file.

source::rules! {
    HAN_LATIN_SPACE = "TP0101" "han-latin-space" Warning "a typed space between Chinese and Latin text";
    MARK_SPACE = "TP0102" "mark-space" Warning "a typed space that does not print";
    HALF_MARK = "TP0103" "half-width-mark" Warning "half-width punctuation in Chinese text";
    HALF_BRACKET = "TP0104" "half-width-bracket" Warning "half-width brackets in Chinese text";
    FULL_LETTER = "TP0105" "full-width-letter" Warning "full-width letters or digits";
    FULL_MARK = "TP0106" "full-width-mark" Warning "full-width punctuation in Latin text or in a time of day";
    STRAIGHT_QUOTE = "TP0107" "straight-quote" Warning "straight quotes in Chinese text";
    UNPAIRED = "TP0108" "unpaired-mark" Warning "an unpaired quote or bracket";
    NESTING = "TP0109" "nested-marks" Warning "wrongly nested quotes or brackets";
    QUOTE_DIRECTION = "TP0110" "quote-direction" Warning "a quote that faces the wrong way";
    REPEATED_MARK = "TP0111" "repeated-mark" Warning "a repeated punctuation mark";
    ELLIPSIS = "TP0112" "ellipsis" Warning "an ellipsis that is not `……`";
    DASH = "TP0113" "dash" Warning "a dash that is not `——`";
    OTHER_STOP = "TP0114" "other-stop" Warning "a full stop that is not `。`";
    LISTED_MARKS = "TP0115" "listed-marks" Warning "an enumeration comma between quoted or titled items";
    TITLE_STOP = "TP0116" "title-stop" Warning "a title or caption that ends with a comma or full stop";
    REGION_QUOTE = "TP0117" "region-quote" Warning "a quote of the mainland in a text of another region";
    RANGE = "TP0121" "range-mark" Warning "a range with a hyphen or a half-width tilde";
    GROUPING = "TP0122" "digit-grouping" Warning "inconsistent grouping of thousands";
    MIXED_NUMERAL = "TP0123" "mixed-numeral" Warning "Arabic and Chinese numerals in one number";
    APPROXIMATE = "TP0124" "approximate-number" Warning "an enumeration comma within an approximate number";
    UNIT = "TP0125" "unit-case" Warning "a unit's symbol in the wrong case";
    UNSURE_QUOTE = "TP0131" "unsure-quote" Warning "a straight quote in English that may face either way";
    SPACED_DASH = "TP0132" "spaced-dash" Warning "a dash in English with spaces, or a hyphen in its place";
    HYPHEN_RANGE = "TP0133" "hyphen-range" Warning "a range of numbers in English with a hyphen";
    THREE_DOTS = "TP0134" "three-dots" Warning "an ellipsis in English that is full stops";
    SENTENCE_SPACE = "TP0135" "sentence-space" Warning "several spaces behind a stop in English";
    SPACE_BEFORE = "TP0136" "space-before" Warning "a space before a mark in English";
    SERIAL_COMMA = "TP0137" "serial-comma" Warning "a list in English with another comma than the house's";

    REPEATED_SENTENCE = "TP0201" "repeated-sentence" Warning "a repeated sentence";
    DOUBLED_WORD = "TP0202" "doubled-word" Warning "a doubled word";
    SPELLING = "TP0203" "two-spellings" Warning "a Latin name written in two ways";
    NEAR_NAME = "TP0204" "near-name" Warning "a title or name that differs from another by a word";
    TERM = "TP0205" "term" Warning "a variant of a term defined in report.yaml";
    VARIANT = "TP0206" "variant-word" Warning "a variant form of a word";
    MISSPELLING = "TP0207" "misspelt-word" Warning "a word with a character mistaken for another";
    LISTED = "TP0208" "listed-word" Warning "a word that a list of the house rules out";
}
