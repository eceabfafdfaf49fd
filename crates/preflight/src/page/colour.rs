//! Colour spaces, and the inks that their colours put on paper (ISO 32000-1, 8.6).

use std::rc::Rc;

/// The amount of each ink, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Inks {
    /// Cyan, magenta, yellow, black.
    pub(crate) cmyk: [f32; 4],
    /// The sum of all spot inks.
    pub(crate) spot: f32,
    /// Whether the file itself asks for these inks; otherwise they are an estimate for a colour not
    /// given in inks.
    pub(crate) exact: bool,
}

/// The amount of an ink below which nothing prints: half a percent.
const NOTHING: f32 = 0.005;

impl Inks {
    /// Creates an amount of the four process inks.
    pub(crate) fn process(cmyk: [f32; 4]) -> Self {
        Self { cmyk: cmyk.map(|ink| ink.clamp(0.0, 1.0)), spot: 0.0, exact: true }
    }

    /// Creates black ink from a grey level: 0 is black.
    fn gray(level: f32) -> Self {
        Self::process([0.0, 0.0, 0.0, 1.0 - level])
    }

    /// Estimates the inks for an RGB colour: the grey component becomes black ink.
    fn light(r: f32, g: f32, b: f32) -> Self {
        let black = 1.0 - r.max(g).max(b).clamp(0.0, 1.0);
        let ink = |light: f32| {
            if black >= 1.0 { 0.0 } else { (1.0 - light.clamp(0.0, 1.0) - black) / (1.0 - black) }
        };
        Self { exact: false, ..Self::process([ink(r), ink(g), ink(b), black]) }
    }

    /// Returns the number of inks that print.
    pub(crate) fn count(&self) -> usize {
        self.cmyk.iter().chain([&self.spot]).filter(|&&ink| ink > NOTHING).count()
    }

    /// Returns whether nothing prints.
    pub(crate) fn is_white(&self) -> bool {
        self.count() == 0
    }

    /// Returns whether only black prints, at `from` or more.
    pub(crate) fn is_black(&self, from: f32) -> bool {
        self.count() == 1 && self.cmyk[3] >= from
    }

    /// Returns the sum of all inks: 4 for all four in full.
    pub(crate) fn sum(&self) -> f32 {
        self.cmyk.iter().sum::<f32>() + self.spot
    }
}

/// A colour space.
#[derive(Debug, Clone)]
pub(crate) enum Space {
    /// DeviceGray.
    Gray,
    /// DeviceCMYK.
    Cmyk,
    /// DeviceRGB.
    Rgb,
    /// CalGray or CalRGB.
    Calibrated(u8),
    /// Lab.
    Lab,
    /// ICC-based, with the number of components.
    Icc(u8),
    /// Separation or DeviceN: the colorants, and the alternate space for devices without them.
    /// `full` tells the alternate colour of a colorant's full tint, where the file does: of a
    /// Separation, and of DeviceN's colorants in its dictionary (ISO 32000-2, table 70).
    Colorants { names: Vec<String>, alternate: Rc<Space>, full: Vec<(String, String)> },
    /// Indexed: the base space, the table, and the highest number of an entry.
    Indexed { base: Rc<Space>, table: Rc<Vec<u8>>, top: usize },
    /// Pattern, with the underlying space of uncoloured patterns.
    Pattern(Option<Rc<Space>>),
    /// An unreadable colour space.
    Unknown,
}

impl Space {
    /// Returns the number of components of a colour.
    pub(crate) fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed { .. } => 1,
            Self::Cmyk => 4,
            Self::Rgb | Self::Lab => 3,
            Self::Calibrated(n) | Self::Icc(n) => usize::from(*n),
            Self::Colorants { names, .. } => names.len(),
            Self::Pattern(inner) => inner.as_ref().map_or(0, |space| space.components()),
            Self::Unknown => 0,
        }
    }

    /// Returns the initial colour of the space.
    pub(crate) fn initial(&self) -> Vec<f32> {
        match self {
            Self::Cmyk | Self::Icc(4) => vec![0.0, 0.0, 0.0, 1.0],
            Self::Colorants { names, .. } => vec![1.0; names.len()],
            _ => vec![0.0; self.components()],
        }
    }

    /// Returns the inks of a colour.
    pub(crate) fn inks(&self, colour: &[f32]) -> Inks {
        match (self, colour) {
            (Self::Gray, &[level, ..]) => Inks::gray(level),
            (Self::Cmyk, &[c, m, y, k, ..]) => Inks::process([c, m, y, k]),
            (Self::Icc(4), &[c, m, y, k, ..]) => {
                Inks { exact: false, ..Inks::process([c, m, y, k]) }
            }
            (Self::Icc(1) | Self::Calibrated(1), &[level, ..]) => {
                Inks { exact: false, ..Inks::gray(level) }
            }
            (Self::Rgb | Self::Icc(3) | Self::Calibrated(3), &[r, g, b, ..]) => {
                Inks::light(r, g, b)
            }
            // Of Lab, the lightness alone is taken.
            (Self::Lab, &[l, ..]) => Inks { exact: false, ..Inks::gray(l / 100.0) },
            (Self::Indexed { base, .. }, &[index, ..]) => {
                let entry = self.entry(index).unwrap_or_default();
                base.inks(&entry.iter().map(|&byte| f32::from(byte) / 255.0).collect::<Vec<_>>())
            }
            (Self::Colorants { names, .. }, _) => colorants(names, colour),
            (Self::Pattern(Some(inner)), _) => inner.inks(colour),
            _ => Inks::default(),
        }
    }

    /// Returns an entry of an indexed space's table, the nearest for a number that is out of range;
    /// `None` where the table ends before it.
    pub(crate) fn entry(&self, index: f32) -> Option<&[u8]> {
        let Self::Indexed { base, table, top } = self else { return None };
        let (n, index) = (base.components(), (index.max(0.0) as usize).min(*top));
        table.get(index.checked_mul(n)?..)?.get(..n)
    }

    /// Returns the names of the inks other than the process inks.
    pub(crate) fn spots(&self) -> Vec<&str> {
        match self {
            Self::Colorants { names, .. } => names
                .iter()
                .map(String::as_str)
                .filter(|name| process(name).is_none() && !matches!(*name, "All" | "None"))
                .collect(),
            Self::Indexed { base, .. } => base.spots(),
            Self::Pattern(Some(inner)) => inner.spots(),
            _ => vec![],
        }
    }

    /// Returns the space's name for messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Gray => "DeviceGray",
            Self::Cmyk => "DeviceCMYK",
            Self::Rgb => "DeviceRGB",
            Self::Calibrated(1) => "CalGray",
            Self::Calibrated(_) => "CalRGB",
            Self::Lab => "Lab",
            Self::Icc(_) => "ICCBased",
            Self::Colorants { .. } => "Separation",
            Self::Indexed { base, .. } => base.name(),
            Self::Pattern(Some(inner)) => inner.name(),
            Self::Pattern(None) => "Pattern",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the underlying space of the colours: that of a table's entries, or of an uncoloured
    /// pattern.
    pub(crate) fn base(&self) -> &Self {
        match self {
            Self::Indexed { base, .. } => base.base(),
            Self::Pattern(Some(inner)) => inner.base(),
            _ => self,
        }
    }

    /// Returns the alternate space of colorants.
    pub(crate) fn stand_in(&self) -> Option<&Self> {
        match self.base() {
            Self::Colorants { alternate, .. } => Some(alternate.base()),
            _ => None,
        }
    }
}

fn process(name: &str) -> Option<usize> {
    ["Cyan", "Magenta", "Yellow", "Black"].iter().position(|ink| *ink == name)
}

fn colorants(names: &[String], tints: &[f32]) -> Inks {
    let mut inks = Inks { exact: true, ..Inks::default() };
    for (name, &tint) in names.iter().zip(tints) {
        let tint = tint.clamp(0.0, 1.0);
        match (&**name, process(name)) {
            ("All", _) => inks.cmyk = [tint; 4],
            ("None", _) => {}
            (_, Some(ink)) => inks.cmyk[ink] = inks.cmyk[ink].max(tint),
            (_, None) => inks.spot += tint,
        }
    }
    inks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_are_counted_and_summed() {
        assert!(Inks::process([0.0; 4]).is_white());
        assert!(Inks::process([0.0, 0.0, 0.0, 1.0]).is_black(0.85));
        assert_eq!(Inks::process([0.6, 0.4, 0.0, 1.0]).count(), 3);
        assert_eq!(Inks::process([1.0, 1.0, 1.0, 0.5]).sum(), 3.5);
        // Grey light is black ink alone; black light too.
        assert_eq!(Inks::light(0.5, 0.5, 0.5).cmyk, [0.0, 0.0, 0.0, 0.5]);
        assert_eq!(Inks::light(0.0, 0.0, 0.0).cmyk, [0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn colorants_are_process_inks_by_name_and_spots_otherwise() {
        let names = ["Black", "Gold", "None"].map(String::from).to_vec();
        let inks = colorants(&names, &[0.5, 0.25, 1.0]);
        assert_eq!((inks.cmyk, inks.spot), ([0.0, 0.0, 0.0, 0.5], 0.25));
        let space = Space::Colorants { names, alternate: Rc::new(Space::Cmyk), full: vec![] };
        assert_eq!(space.spots(), ["Gold"]);
    }
}
