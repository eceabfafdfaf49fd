//! The one door for bytes of others: every PDF that was not made here passes it before it is read.
//!
//! Readers unpack object streams, fonts and pictures whole, and follow brackets by recursion. So a
//! file of 2 kB can ask for all memory there is. The door looks at the bytes alone, before any
//! reader does: [`inspect`] refuses what would break a bound, and says where. Bounds count bytes,
//! never time: the same file is refused everywhere, or nowhere.
//!
//! [`unpack`] and [`reader`] are the filters themselves (ISO 32000-1, 7.4), with a bound, and with
//! an answer to whether the data came to their end.
//!
//! ```
//! use door::{End, Filter, Limits, inspect, unpack};
//!
//! assert!(inspect(b"%PDF-1.6 1 0 obj [1 [2]] endobj", &Limits::default()).is_ok());
//! let text = unpack(b"68 65 6C 6C 6F>", &[Filter::Hex], 100);
//! assert_eq!((&text.bytes[..], text.end), (&b"hello"[..], End::Whole));
//! ```

mod filter;
mod inline;
mod lex;
mod nesting;
mod operators;
mod packed;
mod predict;
mod refusal;
mod scan;
mod table;
mod text;
mod unfold;

pub use filter::{End, Filter, Unpacked, reader, unpack};
pub use inline::{inline_image, pieces};
pub use lex::{Dictionary, Value, dictionary};
pub use nesting::{content, nested};
pub use operators::{Operation, operations};
pub use predict::Predictor;
pub use refusal::Refusal;
pub use scan::{Limits, inspect};
pub use unfold::unfold;
