//! What houses decide for themselves.

/// How a house writes English, where there is more than one right way; what it does not say is
/// not looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct House {
    /// The comma before the last item of a list.
    pub serial_comma: Option<SerialComma>,
    /// The dashes in a sentence.
    pub dashes: Option<Dashes>,
    /// The space before a per cent sign.
    pub percent: Option<Percent>,
}

/// The comma before `and` and `or` in a list of three things or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerialComma {
    /// `red, white, and blue`.
    Always,
    /// `red, white and blue`.
    Never,
}

/// The dashes in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dashes {
    /// An em dash without spaces: `so—it seems—it was`.
    Em,
    /// An en dash with spaces: `so – it seems – it was`.
    En,
}

/// The space before a per cent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percent {
    /// `5%`.
    Closed,
    /// `5 %`.
    Spaced,
}
