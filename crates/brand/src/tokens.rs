//! From two or three colours of a house to the tones that a template draws with.

use std::collections::BTreeMap;
use std::iter;

use l10n::say;
use source::{Diagnostic, Problems, nearest};

use crate::colours::{Colour, Resolved};
use crate::press::{Cmyk, Press};
use crate::rules;
use crate::tone::{
    BLACK, READABLE, Rgb, SEEN, WHITE, contrast, from_polar, hex, mixed, polar, readable,
};

/// The names of tones that a house may give itself: those of the kit, and those of the built-in
/// templates.
pub const TOKENS: [&str; 26] = [
    "accent",
    "amber",
    "bright",
    "dark-amber",
    "deep",
    "deep-amber",
    "deep-info",
    "deep-teal",
    "dusk",
    "field",
    "gray",
    "info",
    "ink",
    "lead",
    "mist",
    "negative",
    "on-bright",
    "pale",
    "pale-amber",
    "pale-teal",
    "rule",
    "sand",
    "teal",
    "tip",
    "warn",
    "pale-info",
];

/// How dark a ground under white text is, at its lightest.
const DARK_GROUND: f32 = 0.34;
/// The chroma below which a colour is hardly one.
const NEUTRAL: f32 = 0.035;
/// The contrast with a dark ground of lines that stand back there.
const STANDS_BACK: f32 = 1.8;
/// How light a ground of boxes is at its darkest.
const PALE: f32 = 0.9;
/// How light the ground of boxes is.
const GROUND: f32 = 0.966;

/// A tone of a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Tone {
    /// As a screen shows it.
    pub screen: Rgb,
    /// Its inks in per cent; of a spot colour, what prints in its place where there is no such plate.
    pub inks: Cmyk,
    /// The spot colour that prints it, with its share from 0 to 1.
    pub spot: Option<(String, f32)>,
}

impl Tone {
    /// Makes a tone of one of the house's colours.
    pub(crate) fn of(colour: &Colour, press: &Press) -> Self {
        Self {
            screen: colour.screen,
            inks: colour.inks.unwrap_or_else(|| press.inks(colour.screen)),
            spot: colour.spot.clone().map(|name| (name, 1.0)),
        }
    }

    /// Makes a tone that is derived: in the four inks.
    pub(crate) fn made(screen: Rgb, press: &Press) -> Self {
        Self { screen, inks: press.derived(screen), spot: None }
    }
}

/// Makes the tones. What the house gives by a tone's own name is taken as it is.
pub(crate) fn make(
    colours: &Resolved,
    press: &Press,
    problems: &mut Problems,
) -> BTreeMap<String, Tone> {
    let mut maker = Maker { colours, press, problems, tones: BTreeMap::new() };
    maker.given();
    if let Some(main) = main_of(colours) {
        maker.main(main);
    }
    maker.states();
    maker.judge();
    maker.tones
}

/// The main colour: the one of that role, or else the first of the palette that is a colour.
pub(crate) fn main_of(colours: &Resolved) -> Option<&Colour> {
    let is_colour = |colour: &&Colour| {
        let [l, chroma, _] = polar(colour.screen);
        chroma > 0.05 && (0.2..0.85).contains(&l)
    };
    colours.roles.get("primary").or_else(|| colours.palette.iter().find(is_colour))
}

struct Maker<'a> {
    colours: &'a Resolved,
    press: &'a Press,
    problems: &'a mut Problems,
    tones: BTreeMap<String, Tone>,
}

impl Maker<'_> {
    /// Takes what the house gives by a tone's own name.
    fn given(&mut self) {
        for (name, colour) in &self.colours.tokens {
            if !TOKENS.contains(&&**name) {
                let hint = match nearest(name, TOKENS) {
                    Some(meant) => say!("did you mean `{meant}`?", meant),
                    None => say!("known tones: {known}", known = TOKENS.join(", ")),
                };
                let message = say!("there is no tone `{name}`", name);
                self.problems.push(Diagnostic::error(colour.place.clone(), message).hint(hint));
                continue;
            }
            self.tones.insert(name.clone(), Tone::of(colour, self.press));
        }
    }

    /// Puts a tone in, unless the house gives it.
    fn put(&mut self, name: &str, tone: impl FnOnce(&Press) -> Tone) {
        if !self.tones.contains_key(name) {
            let tone = tone(self.press);
            self.tones.insert(name.to_owned(), tone);
        }
    }

    fn put_made(&mut self, name: &str, screen: Rgb) {
        self.put(name, |press| Tone::made(screen, press));
    }

    fn screen(&self, name: &str) -> Rgb {
        self.tones.get(name).map_or(WHITE, |tone| tone.screen)
    }

    /// The tones of the main colour.
    fn main(&mut self, main: &Colour) {
        let role = |name: &str| self.colours.roles.get(name);
        let [_, chroma, hue] = polar(main.screen);
        self.put("accent", |press| Tone::of(main, press));
        // Grounds of boxes, and what stands on them.
        let light = role("light").filter(|colour| polar(colour.screen)[0] > PALE);
        if let (Some(dark), None) = (role("light"), light) {
            let message = say!("print does not use `light`: a ground of boxes is pale");
            let hint = say!(
                "give a paler colour, such as `\"{pale}\"`, or leave it out: then one is made of `primary`",
                pale = hex(from_polar([
                    GROUND,
                    polar(dark.screen)[1].min(0.012),
                    polar(dark.screen)[2]
                ]))
            );
            let found = Diagnostic::of(&rules::UNUSED, dark.place.clone(), message);
            self.problems.push(found.hint(hint));
        }
        match light {
            Some(light) => self.put("mist", |press| Tone::of(light, press)),
            None => {
                self.put("mist", |press| tint(main, 0.08, [GROUND, chroma.min(0.012), hue], press))
            }
        }
        let grounds = [WHITE, self.screen("mist")];
        let of_second = role("secondary").map_or([GROUND, 0.01, hue], |second| {
            let [_, chroma, hue] = polar(second.screen);
            [0.955, chroma.min(0.014), hue]
        });
        self.put_made("sand", from_polar(of_second));
        // Titles and dark grounds.
        let is_dark = |colour: &&Colour| polar(colour.screen)[0] < DARK_GROUND;
        let dark = role("dark").or_else(|| role("foreground").filter(|one| !is_neutral(one)));
        // Another of the house's own colours before one that is made.
        let others = ["secondary", "tertiary"].into_iter().filter_map(role);
        let own = iter::once(main).chain(others).find(is_dark);
        match (dark, own) {
            (Some(dark), _) => self.text("ink", dark, &grounds),
            (None, Some(own)) => self.put("ink", |press| Tone::of(own, press)),
            (None, None) => self.put_made("ink", from_polar([0.27, chroma.min(0.09), hue])),
        }
        let ink = self.screen("ink");
        // Coloured text.
        self.text("lead", main, &grounds);
        match role("link") {
            Some(link) => self.text("deep", link, &grounds),
            None => {
                let [l, chroma, hue] = polar(self.screen("lead"));
                self.put_made(
                    "deep",
                    readable(from_polar([l - 0.06, chroma, hue]), &grounds, READABLE),
                );
            }
        }
        // A ground of colour under white text, and pale text on it.
        let reached = contrast(main.screen, WHITE);
        if reached >= READABLE {
            self.put("field", |press| Tone::of(main, press));
        } else if reached < SEEN && (dark.is_some() || own.is_some()) {
            // A tone of a pale colour that is as dark is another colour: the house has a dark one.
            let ink = self.tones["ink"].clone();
            self.put("field", |_| ink);
        } else {
            self.put_made("field", self.screen("lead"));
        }
        let pale = from_polar([0.86, (chroma * 0.45).min(0.07), hue]);
        let on = [ink, self.screen("field")];
        let pale = readable(pale, &[ink], READABLE);
        let pale = if contrast(pale, on[1]) < 3.0 { readable(pale, &on, 3.0) } else { pale };
        self.put("pale", |press| match &main.spot {
            Some(_) => tint(main, 0.3, polar(pale), press),
            None => Tone::made(pale, press),
        });
        self.on_dark(ink);
    }

    /// What is drawn on dark grounds: the accent there, lines that stand back behind it, and what is
    /// written on the accent.
    fn on_dark(&mut self, ink: Rgb) {
        let is_seen = |tone: &Tone| contrast(tone.screen, ink) >= SEEN;
        let accent = self.tones["accent"].clone();
        // Another of the house's own colours before one that is made.
        let (colours, press) = (self.colours, self.press);
        let others = ["secondary", "tertiary"].iter().filter_map(|name| colours.roles.get(name));
        let others = others.map(|colour| Tone::of(colour, press));
        let bright = iter::once(accent.clone())
            .chain(others)
            .find(is_seen)
            .unwrap_or_else(|| Tone::made(readable(accent.screen, &[ink], SEEN), press));
        self.put("bright", |_| bright);
        let bright = self.screen("bright");
        self.put_made("dusk", readable(mixed(bright, ink, 0.5), &[ink], STANDS_BACK));
        let on = [WHITE, ink].into_iter().find(|one| contrast(*one, bright) >= READABLE);
        match on {
            Some(on) if on == ink => {
                let ink = self.tones["ink"].clone();
                self.put("on-bright", |_| ink);
            }
            Some(on) => self.put_made("on-bright", on),
            None => self.put_made("on-bright", BLACK),
        }
    }

    /// The tones of what succeeds, warns and informs.
    fn states(&mut self) {
        let role = |name: &str| self.colours.roles.get(name);
        for (name, tone, deep, ground) in [
            ("success", "teal", "deep-teal", "pale-teal"),
            ("warning", "amber", "dark-amber", "pale-amber"),
            ("info", "info", "deep-info", "pale-info"),
        ] {
            let Some(colour) = role(name) else { continue };
            let [_, chroma, hue] = polar(colour.screen);
            self.put(tone, |press| Tone::of(colour, press));
            self.put_made(ground, from_polar([0.97, chroma.min(0.022), hue]));
            let grounds = [WHITE, self.screen(ground)];
            self.put_made(deep, readable(colour.screen, &grounds, READABLE));
            if name == "warning" {
                self.put_made("deep-amber", readable(colour.screen, &[WHITE], 3.0));
            }
        }
        if let Some(success) = role("success") {
            self.put_made("tip", readable(success.screen, &[WHITE], READABLE));
        }
        if let Some(warn) = role("danger").or_else(|| role("warning")) {
            self.put_made("warn", readable(warn.screen, &[WHITE], READABLE));
        }
        if let Some(danger) = role("danger") {
            self.put("negative", |press| Tone::of(danger, press));
        }
    }

    /// A colour of the house as text: its own, or the nearest that can be read, which is told.
    fn text(&mut self, name: &str, colour: &Colour, grounds: &[Rgb]) {
        if self.tones.contains_key(name) {
            return;
        }
        let tone = readable(colour.screen, grounds, READABLE);
        if tone == colour.screen {
            self.put(name, |press| Tone::of(colour, press));
            return;
        }
        self.put_made(name, tone);
        let reached = contrast(colour.screen, WHITE);
        if reached < READABLE {
            let tone = hex(tone);
            let message = say!(
                "`{colour}` has a contrast of {reached} : 1 on white, and text needs {wanted} : 1: text is set in `{tone}`",
                colour = hex(colour.screen),
                reached = format!("{reached:.1}"),
                wanted = READABLE,
                tone
            );
            let hint = say!(
                "name the tone of text yourself, under `color`: `tokens: {{{name}: \"{tone}\"}}`",
                name,
                tone
            );
            let found = Diagnostic::of(&rules::CONTRAST, colour.place.clone(), message);
            self.problems.push(found.hint(hint));
        }
    }

    /// Judges the tones that the house gives itself: they are taken, and what cannot be read is told.
    fn judge(&mut self) {
        for (name, colour) in &self.colours.tokens {
            let ground = match &**name {
                "lead" | "deep" | "ink" | "gray" | "dark-amber" | "deep-teal" | "deep-info"
                | "tip" | "warn" | "field" => WHITE,
                "pale" => self.screen("ink"),
                _ => continue,
            };
            let reached = contrast(colour.screen, ground);
            if reached < READABLE {
                let tone = hex(readable(colour.screen, &[ground], READABLE));
                let message = say!(
                    "`{name}` has a contrast of {reached} : 1 on `{ground}`, and text needs {wanted} : 1",
                    name,
                    reached = format!("{reached:.1}"),
                    ground = hex(ground),
                    wanted = READABLE
                );
                let found = Diagnostic::of(&rules::CONTRAST, colour.place.clone(), message);
                self.problems
                    .push(found.hint(say!("the nearest tone that holds is `\"{tone}\"`", tone)));
            }
        }
    }
}

/// Whether a colour is near to gray: as that of text it says nothing of grounds.
fn is_neutral(colour: &Colour) -> bool {
    polar(colour.screen)[1] < NEUTRAL
}

/// A pale tone of a colour: a share of its plate where it is a spot colour.
fn tint(colour: &Colour, share: f32, otherwise: [f32; 3], press: &Press) -> Tone {
    match &colour.spot {
        Some(name) => {
            let full = Tone::of(colour, press);
            Tone {
                screen: mixed(WHITE, colour.screen, share),
                inks: full.inks,
                spot: Some((name.clone(), share)),
            }
        }
        None => Tone::made(from_polar(otherwise), press),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::Brand;
    use source::SourceFile;

    fn tones(colours: &str) -> (BTreeMap<String, Tone>, Vec<Diagnostic>) {
        let text = format!("color: {colours}\n");
        let file = Arc::new(SourceFile { path: "brand.yaml".into(), text });
        let mut problems = Problems::default();
        let brand = Brand::read(&file, &mut problems).expect("a brand");
        let press = Press::new(pdfx::COATED, 300.0).expect("a profile");
        (brand.look(&press, &mut problems).tokens, problems.sorted())
    }

    #[test]
    fn what_is_drawn_and_written_on_dark_grounds_is_seen_whatever_the_house() {
        for colours in [
            "{primary: \"#123A5A\"}",
            "{primary: \"#123A5A\", secondary: \"#6E1F2A\"}",
            "{primary: \"#123A5A\", secondary: \"#DD7A22\"}",
            "{primary: \"#123A5A\", secondary: \"#DD7A22\", dark: \"#0B2036\"}",
            "{primary: \"#F2D468\", secondary: \"#24303C\"}",
            "{primary: \"#F2D468\"}",
            "{primary: \"#2C84A8\", secondary: \"#387AA2\"}",
            "{primary: \"#0C0C10\", secondary: \"#C4F04A\"}",
            "{primary: \"#777777\"}",
            "{primary: \"#D02030\", foreground: black}",
        ] {
            let (tones, _) = tones(colours);
            let of = |name: &str| tones[name].screen;
            assert!(contrast(of("ink"), WHITE) >= READABLE, "{colours}");
            assert!(contrast(of("bright"), of("ink")) >= SEEN - 0.05, "{colours}: {tones:?}");
            assert!(contrast(of("dusk"), of("ink")) >= STANDS_BACK - 0.05, "{colours}");
            assert!(contrast(of("on-bright"), of("bright")) >= READABLE, "{colours}");
        }
    }

    #[test]
    fn the_house_s_own_colours_come_before_tones_that_are_made() {
        let (dark, _) = tones("{primary: \"#123A5A\", secondary: \"#DD7A22\"}");
        assert_eq!(dark["bright"].screen, [0xDD, 0x7A, 0x22]);
        let (pale, _) = tones("{primary: \"#F2D468\", secondary: \"#24303C\"}");
        assert_eq!(pale["ink"].screen, [0x24, 0x30, 0x3C]);
        assert_eq!(pale["field"].screen, pale["ink"].screen);
        assert_eq!(pale["bright"].screen, [0xF2, 0xD4, 0x68]);
        assert_eq!(pale["on-bright"].screen, pale["ink"].screen);
        // Text that is black or gray says nothing of grounds; a colour does.
        let ground = |text: &str| {
            let (tones, _) = tones(&format!("{{primary: \"#D02030\", foreground: \"{text}\"}}"));
            polar(tones["ink"].screen)
        };
        assert!(ground("#000000")[1] > 0.05, "{:?}", ground("#000000"));
        assert!(ground("#202020")[1] > 0.05);
        assert!((200.0..280.0).contains(&ground("#0A2350")[2]));
    }

    #[test]
    fn a_light_colour_that_is_not_pale_is_told() {
        let (tones, found) = tones("{primary: \"#123A5A\", light: \"#505050\"}");
        assert!(polar(tones["mist"].screen)[0] > PALE);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].rule() == &rules::UNUSED && found[0].hints[0].contains("paler colour"));
    }
}
