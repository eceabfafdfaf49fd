//! Why the door stays shut, in words: the same for all who ask.

use l10n::say;

/// Why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Objects are nested too deeply.
    Nested,
    /// The stream at a byte unpacks to more than a stream may.
    Stream(usize),
    /// Object streams unpack to more than they may together; the last at a byte.
    Objects(usize),
    /// Finding out would take too long, up to a byte.
    Work(usize),
}

impl Refusal {
    /// Names the limit that is reached, and where.
    pub fn message(self) -> String {
        match self {
            Self::Nested => say!("objects are nested too deeply"),
            Self::Stream(at) => {
                say!("the stream at byte {at} decompresses beyond the memory limit", at)
            }
            Self::Objects(at) => {
                say!("the objects packed at byte {at} decompress beyond the memory limit", at)
            }
            Self::Work(at) => {
                say!("the streams up to byte {at} take too long to decompress", at)
            }
        }
    }

    /// Says what to do instead. Nesting is bounded by the stack, whatever is asked for.
    pub fn hint(self) -> String {
        match self {
            Self::Nested => say!("export the file again: it is damaged or malicious"),
            _ => say!(
                "export the file again: no page needs that much data; `--effort 4` raises the limit"
            ),
        }
    }
}
