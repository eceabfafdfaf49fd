//! Many outputs of one source, made by any number of machines that may stop at any moment.
//!
//! [`Shard`] says which rows of a table are whose, [`Target`] where the output of a row goes,
//! [`Journal`] what is done, and [`merge`] and [`verify`] read what many journals tell. Nothing here
//! knows how an output is made.
//!
//! ```
//! use editions::{Shard, Target};
//!
//! let shard = Shard::parse("2/3").expect("the second of three");
//! assert_eq!((0..7).filter(|row| shard.has(*row)).collect::<Vec<_>>(), [1, 4]);
//!
//! let target = Target::parse("out/{{id}}.pdf").expect("a template");
//! let path = target.path(|name| (name == "id").then_some("acme")).expect("a path");
//! assert_eq!(path.to_str(), Some("out/acme.pdf"));
//! assert!(target.path(|_| Some("../acme")).is_err());
//! ```

mod hash;
mod journal;
mod merged;
mod shard;
mod target;

pub use hash::{Hash, Hasher};
pub use journal::{Entry, Journal, JournalError, Made, Output};
pub use merged::{Fault, Merged, merge, verify};
pub use shard::{Shard, ShardError};
pub use target::{Target, TargetError};
