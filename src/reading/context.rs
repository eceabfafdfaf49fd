//! What the readers of Markdown and charts share.

use source::Problems;

use super::{Project, Texts};

/// The surroundings of a part that is read, and what is found in it.
pub struct Context<'a> {
    /// Where pictures and data are.
    pub project: &'a Project,
    /// The keys that can be cited; `None` where the references could not be read.
    pub keys: Option<&'a [String]>,
    /// What is wrong.
    pub problems: &'a mut Problems,
    /// All text that is read.
    pub texts: &'a mut Texts,
}
