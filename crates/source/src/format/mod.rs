//! The rule of the format as such: whatever cannot be read breaks it.

crate::rules! {
    CONTENT = "TP0001" "content" Error Fixed "content that cannot be read or typeset";
}
