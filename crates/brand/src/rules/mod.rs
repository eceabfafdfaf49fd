//! The rules of brands, `TP06`. A rule's page stands beside this file.

source::rules! {
    UNUSED = "TP0601" "brand-unused" Warning "a key of the brand that print cannot use";
    CONTRAST = "TP0602" "brand-contrast" Warning "a colour of the brand that is too pale for text";
    INK = "TP0603" "brand-ink" Error Fixed "a colour of the brand with more ink than paper takes";
    GAMUT = "TP0604" "brand-gamut" Warning "a colour of the brand that the four inks cannot print";
    SERIES = "TP0605" "brand-series" Warning "two colours of the brand's data that cannot be told apart";
    FACE = "TP0606" "brand-face" Warning "a face or a weight of the brand that its fonts do not have";
}
