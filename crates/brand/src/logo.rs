//! From a logo as it is written to the files of its sizes.

use std::collections::BTreeMap;

use crate::Brand;
use crate::model::{Logo, LogoImage, LogoSet, LogoSize};

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
            Some(Logo::File(path)) => sizes = everywhere(path, None, "/logo"),
            Some(Logo::Set(set)) => {
                for (name, size) in set.sizes() {
                    sizes.extend(self.pair(set, name, size).map(|pair| (name, pair)));
                }
                if let Some(path) = &set.path {
                    let rest = everywhere(path, set.alt.as_deref(), "/logo/path");
                    rest.into_iter().for_each(|(name, pair)| _ = sizes.entry(name).or_insert(pair));
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
        if self.foreign {
            sizes.retain(|_, pair| pair.files().all(|file| !file.is_address()));
        }
        sizes
    }

    /// Returns the files of a logo that print leaves out: addresses in a file that web pages are made
    /// of, too.
    pub(crate) fn far_logos(&self) -> Vec<LogoFile> {
        let one = |path: &str, at: &str| LogoFile { path: path.into(), alt: None, at: at.into() };
        let sizes: Vec<LogoFile> = match &self.file.logo {
            _ if !self.foreign => vec![],
            Some(Logo::File(path)) => vec![one(path, "/logo")],
            Some(Logo::Set(set)) => {
                let rest = set.path.iter().map(|path| one(path, "/logo/path"));
                set.sizes()
                    .flat_map(|(name, size)| files(set, name, size))
                    .flatten()
                    .chain(rest)
                    .collect()
            }
            None => vec![],
        };
        let mut far: Vec<LogoFile> = sizes.into_iter().filter(LogoFile::is_address).collect();
        far.dedup();
        far
    }

    /// Returns the images of a logo that no size uses, as JSON pointers.
    pub fn idle_images(&self) -> Vec<String> {
        let Some(Logo::Set(set)) = &self.file.logo else { return vec![] };
        let named = set.sizes().flat_map(|(name, size)| files(set, name, size)).flatten();
        let named: Vec<String> = named.map(|file| file.path).collect();
        let idle = set
            .images
            .iter()
            .filter(|(_, image)| !named.iter().any(|path| path == image.parts().0));
        idle.map(|(name, _)| source::yaml::child("/logo/images", name)).collect()
    }

    /// The files of a size. One that is an address, where print leaves those out, gives its place to
    /// that of the other ground.
    fn pair(&self, set: &LogoSet, size: &str, given: &LogoSize) -> Option<LogoPair> {
        let near = |file: &LogoFile| !(self.foreign && file.is_address());
        let [light, dark] = files(set, size, given).map(|file| file.filter(near));
        let pair = LogoPair { light: light.clone().or(dark.clone()), dark: dark.or(light) };
        pair.light.is_some().then_some(pair)
    }
}

impl LogoSet {
    /// The sizes that are given, by name.
    fn sizes(&self) -> impl Iterator<Item = (&'static str, &LogoSize)> {
        let all = [("small", &self.small), ("medium", &self.medium), ("large", &self.large)];
        all.into_iter().filter_map(|(name, size)| Some((name, size.as_ref()?)))
    }
}

impl LogoFile {
    /// Whether it lies on the web.
    fn is_address(&self) -> bool {
        self.path.contains("://")
    }
}

impl LogoPair {
    fn files(&self) -> impl Iterator<Item = &LogoFile> {
        [&self.light, &self.dark].into_iter().flatten()
    }
}

/// The files of a size as they are written: on light grounds, and on dark ones.
fn files(set: &LogoSet, size: &str, given: &LogoSize) -> [Option<LogoFile>; 2] {
    let file = |image: &LogoImage, at: String| {
        let (name, alt) = image.parts();
        let at = if matches!(image, LogoImage::Described(_)) { format!("{at}/path") } else { at };
        let (path, of_image) = match set.images.get(name) {
            Some(image) => image.parts(),
            None => (name, None),
        };
        LogoFile { path: path.to_owned(), alt: alt.or(of_image).map(str::to_owned), at }
    };
    let image = |path: &str| LogoImage::Path(path.to_owned());
    match given {
        LogoSize::One(path) => {
            let one = file(&image(path), format!("/logo/{size}"));
            [Some(one.clone()), Some(one)]
        }
        LogoSize::Both(both) => {
            let whole = both.path.as_ref().map(|path| {
                let whole = file(&image(path), format!("/logo/{size}/path"));
                LogoFile { alt: both.alt.clone().or(whole.alt.clone()), ..whole }
            });
            [(&both.light, "light"), (&both.dark, "dark")].map(|(image, key)| {
                let own = image.as_ref().map(|image| file(image, format!("/logo/{size}/{key}")));
                own.or(whole.clone())
            })
        }
    }
}

/// One file for all sizes but that of running heads.
fn everywhere(path: &str, alt: Option<&str>, at: &str) -> Sizes {
    let alt = alt.map(str::to_owned);
    let file = LogoFile { path: path.to_owned(), alt, at: at.to_owned() };
    let pair = LogoPair { light: Some(file.clone()), dark: Some(file) };
    Sizes::from([("medium", pair.clone()), ("large", pair)])
}
