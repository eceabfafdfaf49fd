//! A rule that content is held to: a code that never changes, a name, a severity, and a page that
//! explains it.

use l10n::Language;

use crate::Severity;

/// A rule for content.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its code, such as `TP0101`, which never changes.
    pub code: &'static str,
    /// Its name, such as `han-latin-space`.
    pub name: &'static str,
    /// The severity of a breach, unless a report's settings say otherwise.
    pub severity: Severity,
    /// A line that says what it finds.
    pub summary: &'static str,
    /// Its page in English and in Chinese, in Markdown: what, why, an example, how to fix it.
    pub pages: [&'static str; 2],
    /// What sets it apart from others.
    pub traits: &'static [Trait],
}

/// What sets a rule apart from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// Its severity cannot be changed: what it finds cannot be printed as it is meant.
    Fixed,
    /// Only finished pages show its breaches.
    Pages,
}

impl Rule {
    /// Its page, in the process's language.
    pub fn page(&self) -> &'static str {
        match Language::now() {
            Language::English => self.pages[0],
            Language::Chinese => self.pages[1],
        }
    }

    /// Whether its severity cannot be changed.
    pub fn is_fixed(&self) -> bool {
        self.traits.contains(&Trait::Fixed)
    }

    /// Whether only finished pages show its breaches.
    pub fn needs_pages(&self) -> bool {
        self.traits.contains(&Trait::Pages)
    }
}

/// Declares rules as statics, and `ALL` with every one of them: constant, code, name, severity,
/// [traits](Trait) if it has any, summary. Their pages stand beside the file, `CODE.md` in
/// English and `zh/CODE.md` in Chinese.
///
/// ```ignore
/// source::rules! {
///     HALF_MARK = "TP0103" "half-width-mark" Warning "a half-width mark in Chinese";
///     PAGE_COUNT = "TP0506" "page-count" Warning Pages "a number of pages that does not divide by four";
/// }
/// ```
#[macro_export]
macro_rules! rules {
    ($($constant:ident = $code:literal $name:literal $severity:ident $($trait:ident)* $summary:literal;)*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $summary, ".")]
            pub static $constant: $crate::Rule = $crate::Rule {
                code: $code,
                name: $name,
                severity: $crate::Severity::$severity,
                summary: $summary,
                pages: [include_str!(concat!($code, ".md")), include_str!(concat!("zh/", $code, ".md"))],
                traits: &[$($crate::Trait::$trait),*],
            };
        )*
        /// Every rule of this registry, in the order of codes.
        pub static ALL: &[&$crate::Rule] = &[$(&$constant),*];
    };
}
