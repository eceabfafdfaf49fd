//! From a logo as it is written to the files of its sizes.

use std::collections::BTreeMap;

use crate::Brand;
use crate::model::{Logo, LogoSet, LogoSize};

/// A file of a logo, and where the brand names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoFile {
    /// The file, relative to the brand file.
    pub path: String,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
    /// The JSON pointer of its path in the brand file.
    pub at: String,
}

/// A logo of one size: on light grounds, and on dark ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogoPair {
    /// On light grounds.
    pub light: Option<LogoFile>,
    /// On dark grounds.
    pub dark: Option<LogoFile>,
}

/// The sizes of a logo by name: `small`, `medium`, `large`. One that is not given is the next that
/// is; running heads have a logo only where a small one is given.
pub type Sizes = BTreeMap<&'static str, LogoPair>;

impl Brand {
    /// Returns the logo's files by size.
    pub fn logo(&self) -> Sizes {
        let mut sizes = Sizes::new();
        match &self.file.logo {
            None => {}
            Some(Logo::File(path)) => {
                let file = LogoFile { path: path.clone(), alt: None, at: "/logo".into() };
                let pair = LogoPair { light: Some(file.clone()), dark: Some(file) };
                sizes.insert("medium", pair.clone());
                sizes.insert("large", pair);
            }
            Some(Logo::Set(set)) => {
                let given = [("small", &set.small), ("medium", &set.medium), ("large", &set.large)];
                for (name, size) in given {
                    sizes.extend(size.as_ref().map(|size| (name, pair(set, name, size))));
                }
                let other = |sizes: &Sizes, names: [&str; 2]| {
                    names.iter().find_map(|name| sizes.get(name).cloned())
                };
                if let Some(pair) = other(&sizes, ["large", "small"]) {
                    sizes.entry("medium").or_insert(pair);
                }
                if let Some(pair) = other(&sizes, ["medium", "small"]) {
                    sizes.entry("large").or_insert(pair);
                }
            }
        }
        sizes
    }

    /// Returns the images of a logo that no size uses, as JSON pointers.
    pub fn idle_images(&self) -> Vec<String> {
        let Some(Logo::Set(set)) = &self.file.logo else { return vec![] };
        let sizes = self.logo();
        let used: Vec<&str> = sizes
            .values()
            .flat_map(|pair| [&pair.light, &pair.dark])
            .flatten()
            .map(|file| &*file.path)
            .collect();
        let idle = set.images.iter().filter(|(_, image)| !used.contains(&image.parts().0));
        idle.map(|(name, _)| source::yaml::child("/logo/images", name)).collect()
    }
}

fn pair(set: &LogoSet, size: &str, given: &LogoSize) -> LogoPair {
    let file = |name: &str, at: String| match set.images.get(name) {
        Some(image) => {
            let (path, alt) = image.parts();
            LogoFile { path: path.to_owned(), alt: alt.map(str::to_owned), at }
        }
        None => LogoFile { path: name.to_owned(), alt: None, at },
    };
    match given {
        LogoSize::One(name) => {
            let one = file(name, format!("/logo/{size}"));
            LogoPair { light: Some(one.clone()), dark: Some(one) }
        }
        LogoSize::Both(both) => {
            let of = |name: &Option<String>, key: &str| {
                name.as_ref().map(|name| file(name, format!("/logo/{size}/{key}")))
            };
            let (light, dark) = (of(&both.light, "light"), of(&both.dark, "dark"));
            LogoPair { light: light.clone().or(dark.clone()), dark: dark.or(light) }
        }
    }
}
