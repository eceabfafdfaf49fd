//! From colours as they are written to colours: names are followed, and what is none is told.

use std::collections::{BTreeMap, BTreeSet};

use l10n::say;
use source::yaml::{Document, child};
use source::{Diagnostic, Place, Problems, Severity, nearest};

use crate::css;
use crate::model::{ColourValue, Colours};
use crate::press::{Cmyk, PLAIN, Press, is_gray};
use crate::rules;
use crate::tone::{Rgb, hex};

/// A colour of the house.
#[derive(Debug, Clone)]
pub struct Colour {
    /// As a screen shows it.
    pub screen: Rgb,
    /// Its inks in per cent, where the house says so.
    pub inks: Option<Cmyk>,
    /// The name of its spot colour, if it is printed as one.
    pub spot: Option<String>,
    /// The name that it goes by: of a role, of the palette, or of a tone.
    pub name: String,
    /// Where the house gives it its role.
    pub place: Place,
}

/// All colours of a house.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The palette, in its names' order.
    pub palette: Vec<Colour>,
    /// The roles by their names.
    pub roles: BTreeMap<&'static str, Colour>,
    /// The series of charts.
    pub data: Vec<Colour>,
    /// The tones that the house gives by the template's names.
    pub tokens: BTreeMap<String, Colour>,
}

/// Follows all names of a brand's colours to colours. In a `foreign` file, which other programs read
/// too, what is wrong with a colour that print has no use for is a warning.
pub(crate) fn resolve(
    colours: &Colours,
    foreign: bool,
    document: &Document,
    press: &Press,
    problems: &mut Problems,
) -> Resolved {
    let reader = Reader { colours, document, press };
    let mut out = Resolved::default();
    let used = used(colours);
    for (name, value) in &colours.palette {
        let at = child("/color/palette", name);
        let mut told = Problems::default();
        out.palette.extend(reader.read(name, value, &at, &mut told));
        problems.extend(weighed(told, foreign && !used.contains(&**name)));
    }
    for (name, value) in colours.roles() {
        let at = child("/color", name);
        let mut told = Problems::default();
        let colour = reader.read(name, value, &at, &mut told);
        out.roles.extend(colour.map(|colour| (name, colour)));
        // That it is not used is told where it is given.
        if !(foreign && name == GROUND) {
            problems.extend(told.sorted());
        }
    }
    for (index, value) in colours.data.iter().enumerate() {
        let at = format!("/color/data/{index}");
        out.data.extend(reader.read("data", value, &at, problems));
    }
    for (name, value) in &colours.tokens {
        let at = child("/color/tokens", name);
        let colour = reader.read(name, value, &at, problems);
        out.tokens.extend(colour.map(|colour| (name.clone(), colour)));
    }
    out
}

/// The role that print has no use for: the paper is the ground.
const GROUND: &str = "background";

/// The names of the palette that something printed leads to.
fn used(colours: &Colours) -> BTreeSet<&str> {
    let roles = colours.roles().filter(|(name, _)| *name != GROUND).map(|(_, value)| value);
    let mut open: Vec<&ColourValue> =
        roles.chain(&colours.data).chain(colours.tokens.values()).collect();
    let mut out = BTreeSet::new();
    while let Some(value) = open.pop() {
        let name = match value {
            ColourValue::Text(name) => Some(name),
            ColourValue::Mixed(swatch) => swatch.value.as_ref().or(swatch.light.as_ref()),
        };
        let next = name.and_then(|name| colours.palette.get_key_value(name));
        if let Some((name, value)) = next
            && out.insert(&**name)
        {
            open.push(value);
        }
    }
    out
}

/// What was told of a colour: as warnings, where print has no use for it.
fn weighed(told: Problems, idle: bool) -> Vec<Diagnostic> {
    let mut told = told.sorted();
    for one in told.iter_mut().filter(|one| idle && one.severity == Severity::Error) {
        one.severity = Severity::Warning;
        one.rule = Some(&rules::UNUSED);
    }
    told
}

struct Reader<'a> {
    colours: &'a Colours,
    document: &'a Document,
    press: &'a Press,
}

impl Reader<'_> {
    /// Reads a colour at a JSON pointer; what is wrong with it is told there.
    fn read(
        &self,
        name: &str,
        value: &ColourValue,
        at: &str,
        problems: &mut Problems,
    ) -> Option<Colour> {
        if let Some(way) = self.circle(value) {
            let message = say!("`{name}` leads to no colour: {way}", name, way = way.join(" → "));
            problems.push(
                Diagnostic::error(self.document.place(at), message)
                    .hint(say!("give one of the names a colour")),
            );
            return None;
        }
        let written = match value {
            ColourValue::Text(text) => self.follow(name, text, at, &mut vec![], problems),
            ColourValue::Mixed(_) => self.value(name, value, at, &mut vec![], problems),
        };
        let colour = written.map(|(screen, inks, spot)| Colour {
            screen,
            inks,
            spot,
            name: name.to_owned(),
            place: self.document.place(at),
        });
        if matches!(value, ColourValue::Mixed(_))
            || matches!(value, ColourValue::Text(text) if !self.colours.palette.contains_key(text))
        {
            self.check(colour.as_ref(), at, problems);
        }
        colour
    }

    /// Returns the names that a colour leads through where they lead to each other.
    fn circle(&self, value: &ColourValue) -> Option<Vec<String>> {
        let mut way: Vec<String> = vec![];
        let mut value = value;
        loop {
            let name = match value {
                ColourValue::Text(name) => name,
                ColourValue::Mixed(swatch) => swatch.value.as_ref().or(swatch.light.as_ref())?,
            };
            let next = self.colours.palette.get(name)?;
            // A colour of CSS may have the name that the palette gives it.
            if matches!(next, ColourValue::Text(text) if text == name) {
                return None;
            }
            let met = way.contains(name);
            way.push(name.clone());
            if met {
                return Some(way);
            }
            value = next;
        }
    }

    /// Tells of a colour where it is defined: too much ink, or inks that cannot print it.
    fn check(&self, colour: Option<&Colour>, at: &str, problems: &mut Problems) {
        let Some(colour) = colour else { return };
        let limit = self.press.limit();
        match colour.inks {
            Some(inks) => {
                let sum: f32 = inks.iter().sum();
                if sum > limit {
                    let place = self.document.place(&format!("{at}/ink"));
                    let less = self.press.within(inks).map(|ink| ink.to_string()).join(", ");
                    let message = say!(
                        "`{name}` has {sum} % of ink, and the paper takes {limit} %",
                        name = colour.name,
                        sum,
                        limit
                    );
                    problems.push(
                        Diagnostic::of(&rules::INK, place, message)
                            .hint(say!("write `ink: [{less}]`", less)),
                    );
                }
                // Inks are what the house says; a slip among them is seen.
                let error = self.press.error(colour.screen, inks);
                let nearest = self.press.inks(colour.screen);
                if colour.spot.is_none()
                    && sum <= limit
                    && error >= self.press.error(colour.screen, nearest) + 2.0 * PLAIN
                {
                    let message = say!(
                        "`{colour}` is printed as `{printed}` by its `ink`: they are far apart (ΔE {error})",
                        colour = hex(colour.screen),
                        printed = hex(self.press.shown(inks)),
                        error = format!("{error:.0}")
                    );
                    let nearest = nearest.map(|ink| ink.to_string()).join(", ");
                    let place = self.document.place(&format!("{at}/ink"));
                    problems.push(Diagnostic::of(&rules::GAMUT, place, message).hint(say!(
                        "the nearest are `ink: [{nearest}]`; if these inks are meant, silence this with `check: {{TP0604: off}}` in report.yaml",
                        nearest
                    )));
                }
            }
            None if colour.spot.is_none() && !is_gray(colour.screen) => {
                let inks = self.press.inks(colour.screen);
                let error = self.press.error(colour.screen, inks);
                if error >= PLAIN {
                    let message = say!(
                        "`{colour}` prints as `{printed}`: a difference that can be seen (ΔE {error})",
                        colour = hex(colour.screen),
                        printed = hex(self.press.shown(inks)),
                        error = format!("{error:.0}")
                    );
                    let inks = inks.map(|ink| ink.to_string()).join(", ");
                    problems.push(Diagnostic::of(&rules::GAMUT, self.document.place(at), message).hint(
                        say!(
                            "no inks come nearer than `[{inks}]`: name a `spot` colour, or accept them by `{{value: \"{colour}\", ink: [{inks}]}}`",
                            colour = hex(colour.screen),
                            inks
                        ),
                    ));
                }
            }
            None => {}
        }
    }

    /// Follows a text: a name of the palette, or a colour itself.
    fn follow(
        &self,
        name: &str,
        text: &str,
        at: &str,
        seen: &mut Vec<String>,
        problems: &mut Problems,
    ) -> Option<(Rgb, Option<Cmyk>, Option<String>)> {
        let own = at.strip_prefix("/color/palette/") == Some(text);
        match self.colours.palette.get(text).filter(|_| !own) {
            Some(value) => {
                // Names that lead to each other are told where they are read.
                if seen.iter().any(|known| known == text) {
                    return None;
                }
                seen.push(text.to_owned());
                let at = child("/color/palette", text);
                // What is wrong with the palette's own colour is told there.
                let mut told = Problems::default();
                match value {
                    ColourValue::Text(next) => self.follow(name, next, &at, seen, &mut told),
                    ColourValue::Mixed(_) => self.value(name, value, &at, seen, &mut told),
                }
            }
            None => self.parse(name, text, at, problems).map(|screen| (screen, None, None)),
        }
    }

    /// Reads a mapping of `value`, `ink` and `spot`, or of `light` and `dark`.
    fn value(
        &self,
        name: &str,
        value: &ColourValue,
        at: &str,
        seen: &mut Vec<String>,
        problems: &mut Problems,
    ) -> Option<(Rgb, Option<Cmyk>, Option<String>)> {
        let ColourValue::Mixed(swatch) = value else { return None };
        if swatch.dark.is_some() {
            let place = self.document.key_place(&format!("{at}/dark"));
            let message = say!("print has one ground: `dark` is not used");
            problems.push(Diagnostic::of(&rules::UNUSED, place, message).hint(say!(
                "leave it out, or silence this with `check: {{TP0601: off}}` in report.yaml"
            )));
        }
        let written = swatch.value.as_deref().or(swatch.light.as_deref());
        let base = match written {
            Some(text) => {
                let key = if swatch.value.is_some() { "value" } else { "light" };
                self.follow(name, text, &format!("{at}/{key}"), seen, problems)?
            }
            None => {
                let Some(inks) = swatch.ink else {
                    let message = say!("`{name}` has no colour", name);
                    problems.push(
                        Diagnostic::error(self.document.place(at), message)
                            .hint(say!("give it a `value` such as `\"#00594C\"`, in quotes")),
                    );
                    return None;
                };
                (self.press.shown(inks), None, None)
            }
        };
        Some((base.0, swatch.ink.or(base.1), swatch.spot.clone().or(base.2)))
    }

    fn parse(&self, name: &str, text: &str, at: &str, problems: &mut Problems) -> Option<Rgb> {
        let place = || self.document.place(at);
        match css::read(text) {
            Some((screen, share)) if share > 0.998 => Some(screen),
            Some((screen, share)) => {
                let on_white = screen
                    .map(|part| (f32::from(part) * share + 255.0 * (1.0 - share)).round() as u8);
                problems.push(
                    Diagnostic::error(
                        place(),
                        say!("`{name}` is partly transparent: `{text}`", name, text),
                    )
                    .hint(say!("on paper it is `\"{colour}\"`", colour = hex(on_white))),
                );
                None
            }
            None => {
                let known = self.colours.palette.keys().map(String::as_str);
                let digits = text.len() == 6 && text.chars().all(|c| c.is_ascii_hexdigit());
                let hint = if digits {
                    say!("did you mean `{meant}`?", meant = format!("\"#{text}\""))
                } else {
                    match nearest(text, known) {
                        Some(meant) => say!("did you mean `{meant}`?", meant),
                        None => say!(
                            "write a colour as `\"#00594C\"`, in quotes, or a name of the palette"
                        ),
                    }
                };
                problems.push(
                    Diagnostic::error(
                        place(),
                        say!("`{name}` cannot be `{value}`", name, value = text),
                    )
                    .hint(hint),
                );
                None
            }
        }
    }
}
