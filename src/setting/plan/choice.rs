//! The arithmetic of the fit: from what was measured of a part to the least change of its setting
//! that fills its pages.
//!
//! The order is that of a compositor: leading, space, the height of figures, tracking, size, each
//! within the limits that the template declares.

use super::seen::{FOOT, Seen, Setting, Thing};

/// The steps between the least and the greatest height of figures.
const STRETCH: f64 = 0.05;
/// So few lines of text are none: they look like a slip.
const STUB: usize = 4;
/// How much more than a whole number of lines a height may take: rounding, no line.
const SLACK: f64 = 0.01;

/// How a part's text departs from the template's own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Text {
    /// Tracking in ems.
    pub(super) tracking: f64,
    /// Its size, its own being 1.
    pub(super) size: f64,
}

impl Text {
    /// As the template sets it.
    pub(super) const OWN: Self = Self { tracking: 0.0, size: 1.0 };

    /// The settings that make a part's text shorter (`sign` -1) or longer (1), the least change
    /// first: tracking, then size, then both.
    pub(super) fn steps(setting: &Setting, sign: f64) -> Vec<Self> {
        let (tracking, size) = (setting.vary.tracking * sign, setting.vary.size * sign);
        let mut out = vec![];
        if tracking != 0.0 {
            out.extend([0.5, 1.0].map(|step| Self { tracking: tracking * step, size: 1.0 }));
        }
        if size != 0.0 {
            let of = |step: f64| Self { tracking: 0.0, size: 1.0 + size * step / 3.0 };
            out.extend([1.0, 2.0, 3.0].map(of));
            if tracking != 0.0 {
                out.push(Self { tracking, size: 1.0 + size });
            }
        }
        out
    }

    fn departure(&self, setting: &Setting) -> f64 {
        let share = |value: f64, most: f64| if most == 0.0 { 0.0 } else { value.abs() / most };
        share(self.tracking, setting.vary.tracking) * 20.0
            + share(self.size - 1.0, setting.vary.size) * 40.0
    }
}

/// What a part consists of, in lines, at one setting of its text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Material {
    /// The lines of text in all columns together.
    pub(super) text: usize,
    /// What spans the columns, in its order.
    pub(super) wide: Vec<Wide>,
    /// The heights in points of what may stand at the foot of the last page, the best first; `None` for
    /// a form that was not seen yet.
    pub(super) feet: Vec<Option<f64>>,
}

/// A thing that spans the columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wide {
    height: Height,
    gapped: bool,
    /// Whether it stands before the text.
    pub(super) head: bool,
    /// The page that it was seen on, from 0.
    page: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Height {
    Fixed(usize),
    /// The fewest, its own, and the most.
    Between([usize; 3]),
}

impl Wide {
    /// Its own lines at a choice.
    pub(super) fn lines(&self, choice: &Choice) -> usize {
        match self.height {
            Height::Fixed(lines) => lines,
            Height::Between([least, ideal, most]) => {
                ((ideal as f64 * choice.stretch).round() as usize).clamp(least, most.max(least))
            }
        }
    }

    /// Its lines, and those of the gap that parts it from the text.
    pub(super) fn with_gap(&self, choice: &Choice) -> usize {
        self.lines(choice) + if self.gapped { choice.gap } else { 0 }
    }
}

/// Where what spans the columns stands.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Packed {
    /// The page of each thing, from 0.
    pub(super) pages: Vec<usize>,
    /// The lines left empty below each thing, since text in them would stand alone.
    pub(super) holes: Vec<usize>,
}

/// The lines that a height takes.
pub(super) fn lines_of(height: f64, pitch: f64) -> usize {
    (height / pitch - SLACK).ceil().max(0.0) as usize
}

impl Material {
    /// What a part consists of; `is_fixed` says of which thing the height does not vary any more.
    pub(super) fn of(seen: &Seen, is_fixed: impl Fn(&str) -> bool) -> Self {
        let pitch = seen.setting.pitch;
        let (foot, wide): (Vec<_>, Vec<_>) =
            seen.things.iter().partition(|thing| thing.key == FOOT);
        let of = |thing: &&Thing| Wide {
            height: match thing.bounds {
                Some(bounds) if !is_fixed(&thing.key) => Height::Between(bounds),
                _ => Height::Fixed(lines_of(thing.height, pitch)),
            },
            gapped: thing.gapped,
            head: thing.head,
            page: thing.page,
        };
        Self {
            text: seen.text(),
            wide: wide.iter().map(of).collect(),
            feet: foot.first().map_or(vec![], |thing| vec![None; thing.forms]),
        }
    }

    /// The height of a form of the foot.
    pub(super) fn foot(&self, form: usize) -> Option<f64> {
        *self.feet.get(form)?
    }

    /// The forms of the foot that were seen; a part without a foot has one, which is nothing.
    fn forms(&self) -> Vec<usize> {
        let seen: Vec<usize> =
            (0..self.feet.len()).filter(|&form| self.foot(form).is_some()).collect();
        if seen.is_empty() { vec![0] } else { seen }
    }

    /// Finds where everything stands: what comes before the text one after the other, from the first
    /// page on; all else where it was seen.
    pub(super) fn packed(&self, choice: &Choice) -> Packed {
        let mut out = Packed::default();
        let (mut page, mut used) = (0, 0);
        let mut last = None;
        for (at, wide) in self.wide.iter().enumerate() {
            out.holes.push(0);
            if !wide.head {
                out.pages.push(wide.page);
                continue;
            }
            if used > 0 && used + wide.with_gap(choice) > choice.lines {
                out.close(last, choice.lines.saturating_sub(used));
                (page, used) = (page + 1, 0);
            }
            used += wide.with_gap(choice);
            out.pages.push(page);
            last = Some(at);
        }
        out.close(last, choice.lines.saturating_sub(used));
        out
    }
}

impl Packed {
    /// Closes a page below the thing `last` on it: a few lines of text would stand alone there.
    fn close(&mut self, last: Option<usize>, free: usize) {
        if let Some(last) = last
            && free < STUB
        {
            self.holes[last] = free;
        }
    }
}

/// What is chosen for a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Choice {
    /// The lines that a page holds.
    pub(super) lines: usize,
    /// The lines between text, figures and blocks.
    pub(super) gap: usize,
    /// The height of figures, their own being 1.
    pub(super) stretch: f64,
    /// Which form the foot has.
    pub(super) form: usize,
}

/// What a choice comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outcome {
    pub(super) choice: Choice,
    /// How far it is from what is wished for.
    pub(super) cost: f64,
    /// The lines of text, in all columns, that there is still room for; negative where it runs over.
    pub(super) slack: i64,
    /// The number of pages.
    pub(super) pages: usize,
    /// How full the last page is.
    pub(super) fill: f64,
    /// Whether nothing is left to wish for.
    pub(super) good: bool,
}

/// What a part comes to at a choice, if it is to fill `target` pages; `spare` lines of its text stay
/// free, since lines that belong together are not parted.
pub(super) fn outcome(
    setting: &Setting,
    material: &Material,
    choice: Choice,
    target: usize,
    spare: usize,
) -> Outcome {
    let (columns, lines) = (setting.columns as i64, choice.lines as i64);
    let pitch = setting.pitch * setting.lines as f64 / choice.lines as f64;
    let foot = material.foot(choice.form);
    let foot = foot.map_or(0, |height| lines_of(height, pitch) + choice.gap);
    let packed = material.packed(&choice);
    let holes: usize = packed.holes.iter().sum();
    let wide: usize = material.wide.iter().map(|wide| wide.with_gap(&choice)).sum();
    let need = (material.text + spare) as i64 + columns * (wide + holes + foot) as i64;
    let slack = columns * lines * target as i64 - need;
    let page = columns * lines;
    let pages = (target as i64 - slack.div_euclid(page)).max(1) as usize;
    let room = slack.rem_euclid(page) / columns;
    let grows = if foot > 0 { setting.vary.foot as i64 } else { 0 };
    let empty = (room - grows).max(0) as f64;
    let off = pages.abs_diff(target) as f64;
    let bare = (empty - lines as f64 * (1.0 - setting.vary.full)).max(0.0);
    let good = off == 0.0 && bare == 0.0;
    let miss = off * 1000.0 + if good { 0.0 } else { 100.0 + bare * 30.0 };
    let departure = (choice.lines.abs_diff(setting.own()) * 4) as f64
        + (choice.stretch - 1.0).abs() / STRETCH * 0.2
        + choice.gap as f64
        + taken_from_figures(setting, material, &choice)
        + choice.form as f64 * 2.0
        + holes as f64 * 3.0
        + material
            .wide
            .iter()
            .zip(&packed.pages)
            .filter(|(wide, page)| wide.head && **page > wide.page)
            .count() as f64
            * 8.0;
    Outcome {
        choice,
        // A part whose last page may be as empty as it comes is not opened to fill it: what is opened may
        // not fit any more.
        cost: miss
            + if setting.vary.full > 0.0 { room as f64 * 2.0 + empty } else { 0.0 }
            + departure,
        slack,
        pages,
        fill: 1.0 - empty / lines as f64,
        good,
    }
}

/// How much it counts that space is opened, or the foot takes a larger form, while figures shrink: the
/// room is theirs first.
fn taken_from_figures(setting: &Setting, material: &Material, choice: &Choice) -> f64 {
    let shrunk = ((1.0 - choice.stretch) / STRETCH).max(0.0);
    let opened = choice.gap.saturating_sub(setting.vary.gap[0]) as f64;
    let larger = material.feet.len().saturating_sub(choice.form + 1) as f64;
    shrunk * (opened * 2.0 + larger * 0.75)
}

/// The template's own choice, with the smallest foot that was seen.
pub(super) fn own(setting: &Setting, material: &Material) -> Choice {
    let form = material.forms().last().copied().unwrap_or(0);
    Choice { lines: setting.own(), gap: setting.vary.gap[0], stretch: 1.0, form }
}

/// All choices that a part has on pages of so many lines.
fn choices(setting: &Setting, material: &Material, lines: usize) -> impl Iterator<Item = Choice> {
    let [least, most] = setting.vary.gap;
    let [low, high] = setting.vary.figures.map(|share| (share / STRETCH).round() as i64);
    material.forms().into_iter().flat_map(move |form| {
        (least..=most.max(least)).flat_map(move |gap| {
            (low..=high.max(low)).map(move |step| {
                let stretch = step as f64 * STRETCH;
                Choice { lines, gap, stretch, form }
            })
        })
    })
}

/// The numbers of lines that pages of a part may hold, its own first.
fn leadings(setting: &Setting) -> Vec<usize> {
    let own = setting.own();
    let [low, high] = setting.vary.lines.unwrap_or([own, own]);
    let mut out: Vec<usize> = (low.min(own)..=high.max(own)).collect();
    out.sort_by_key(|lines| lines.abs_diff(own));
    out
}

/// A part that is to be fitted.
pub(super) struct Member<'a> {
    pub(super) setting: &'a Setting,
    /// What it consists of, at each setting of its text that was measured.
    pub(super) materials: &'a [(Text, Material)],
    pub(super) target: usize,
    /// Lines of text to spare.
    pub(super) spare: usize,
}

impl Member<'_> {
    fn at(&self, text: Text) -> Option<&Material> {
        Some(&self.materials.iter().find(|(own, _)| *own == text)?.1)
    }

    fn best(&self, text: Text, lines: usize) -> Option<Outcome> {
        let material = self.at(text)?;
        choices(self.setting, material, lines)
            .map(|choice| outcome(self.setting, material, choice, self.target, self.spare))
            .min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// By how many lines of text it is too long (positive) or too short (negative) at the settings
    /// that are best for it; 0 where it fits, `None` where text alone cannot mend it.
    pub(super) fn excess(&self) -> Option<i64> {
        let all = || {
            self.materials.iter().flat_map(|(_, material)| {
                leadings(self.setting).into_iter().flat_map(move |lines| {
                    choices(self.setting, material, lines).map(move |choice| {
                        (material, outcome(self.setting, material, choice, self.target, self.spare))
                    })
                })
            })
        };
        if all().any(|(_, outcome)| outcome.good) {
            return Some(0);
        }
        if let Some((material, outcome)) = all().max_by_key(|(_, outcome)| outcome.slack)
            && outcome.slack < 0
        {
            return (material.text as i64 > -outcome.slack).then_some(-outcome.slack);
        }
        let missing = all().filter(|(_, outcome)| outcome.slack >= 0).map(|(material, outcome)| {
            let Setting { columns, vary, .. } = self.setting;
            let grows = if material.feet.is_empty() { 0.0 } else { vary.foot as f64 };
            let bare = outcome.choice.lines as f64 * (1.0 - vary.full);
            outcome.slack - ((grows + bare).floor() as i64 + 1) * *columns as i64 + 1
        });
        missing.min().filter(|lines| *lines > 0).map(|lines| -lines)
    }
}

/// The best common choice of parts that are set alike: their text, and what each comes to.
pub(super) fn choose(members: &[Member], free: bool) -> Option<(Text, Vec<Outcome>)> {
    let first = members.first()?;
    if !free {
        let plain = |member: &Member| {
            let material = member.at(Text::OWN)?;
            Some(outcome(
                member.setting,
                material,
                own(member.setting, material),
                member.target,
                member.spare,
            ))
        };
        return Some((Text::OWN, members.iter().map(plain).collect::<Option<_>>()?));
    }
    let mut best: Option<(f64, Text, Vec<Outcome>)> = None;
    for (text, _) in first.materials {
        for lines in leadings(first.setting) {
            let Some(outcomes) =
                members.iter().map(|member| member.best(*text, lines)).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            let cost = outcomes.iter().map(|outcome| outcome.cost).sum::<f64>()
                + text.departure(first.setting);
            if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                best = Some((cost, *text, outcomes));
            }
        }
    }
    best.map(|(_, text, outcomes)| (text, outcomes))
}
