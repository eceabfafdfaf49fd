//! Scripts, and what the parser writes as such: accents, lines and braces over and under others.

use pulldown_latex::event::{Content, Event, ScriptPosition, ScriptType};

use super::build::Builder;
use super::fault::Why;
use crate::reading::model::{Math, ScriptPlace, Span};

/// Signs that stand on others: as the parser has them, and as they combine.
const ACCENTS: [(char, char); 12] = [
    ('´', '\u{301}'),
    ('‾', '\u{304}'),
    ('˘', '\u{306}'),
    ('ˇ', '\u{30c}'),
    ('˙', '\u{307}'),
    ('¨', '\u{308}'),
    ('`', '\u{300}'),
    ('^', '\u{302}'),
    ('~', '\u{303}'),
    ('→', '\u{20d7}'),
    ('˚', '\u{30a}'),
    ('←', '\u{20d6}'),
];

/// Arrows that are as wide as what they stand on.
const ARROWS: [(char, char); 3] = [('↔', '\u{20e1}'), ('↼', '\u{20d0}'), ('⇀', '\u{20d1}')];

/// What runs over others.
const OVER: [(char, Span); 4] = [
    ('⏜', Span::Overparen),
    ('⏠', Span::Overshell),
    ('⏞', Span::Overbrace),
    ('⎴', Span::Overbracket),
];

/// What runs under others.
const UNDER: [(char, Span); 7] = [
    ('_', Span::Underline),
    ('⏝', Span::Underparen),
    ('⏡', Span::Undershell),
    ('⏟', Span::Underbrace),
    ('⎵', Span::Underbracket),
    ('←', Span::LeftArrowBelow),
    ('→', Span::RightArrowBelow),
];

fn find<T: Copy>(table: &[(char, T)], c: char) -> Option<T> {
    table.iter().find(|(sign, _)| *sign == c).map(|(_, found)| *found)
}

impl Builder<'_> {
    pub(super) fn scripts(
        &mut self,
        ty: ScriptType,
        position: ScriptPosition,
    ) -> Result<Math, Why> {
        let base = self.argument()?;
        if position == ScriptPosition::AboveBelow
            && let Some(Event::Content(Content::Ordinary { content, stretchy })) = self.peek()
            && let Some(found) = over_or_under(&base, ty, *content, *stretchy)
        {
            self.next();
            return Ok(found);
        }
        let (sub, sup) = match ty {
            ScriptType::Subscript => (Some(self.argument()?), None),
            ScriptType::Superscript => (None, Some(self.argument()?)),
            ScriptType::SubSuperscript => (Some(self.argument()?), Some(self.argument()?)),
        };
        let place = match position {
            ScriptPosition::Right => ScriptPlace::Right,
            ScriptPosition::AboveBelow => ScriptPlace::Limits,
            ScriptPosition::Movable => ScriptPlace::Movable,
        };
        Ok(noted(base, sub, sup, place))
    }
}

/// What stands over or under `base`, if the sign is one that the parser writes for that.
fn over_or_under(base: &[Math], ty: ScriptType, c: char, wide: bool) -> Option<Math> {
    let base = base.to_vec();
    let spanned = |with| Math::Spanned { base: base.clone(), with, note: None };
    if ty == ScriptType::Subscript {
        return find(&UNDER, c).map(spanned);
    }
    if ty != ScriptType::Superscript {
        return None;
    }
    // A line over several letters is as long as they are.
    if c == '‾' && !matches!(base.as_slice(), [Math::Sign { .. }]) {
        return Some(spanned(Span::Overline));
    }
    if let Some(with) = find(&OVER, c) {
        return Some(spanned(with));
    }
    let accent = find(&ACCENTS, c).or(find(&ARROWS, c))?;
    Some(Math::Accent { base, accent, wide })
}

/// Scripts of an element; at a brace, they are its note.
fn noted(
    mut base: Vec<Math>,
    sub: Option<Vec<Math>>,
    sup: Option<Vec<Math>>,
    place: ScriptPlace,
) -> Math {
    if place == ScriptPlace::Limits
        && let [Math::Spanned { with, note: note @ None, .. }] = base.as_mut_slice()
    {
        let over = OVER.iter().any(|(_, span)| span == with);
        let under = UNDER[1..5].iter().any(|(_, span)| span == with);
        match (&sub, &sup) {
            (None, Some(_)) if over => {
                *note = sup;
                return base.remove(0);
            }
            (Some(_), None) if under => {
                *note = sub;
                return base.remove(0);
            }
            _ => {}
        }
    }
    // `\overset{a}{\underset{b}{…}}` is one element with both.
    if place == ScriptPlace::Limits
        && let [
            Math::Scripts {
                sub: own_sub, sup: own_sup, primes: 0, place: ScriptPlace::Limits, ..
            },
        ] = base.as_mut_slice()
        && (own_sub.is_none() || sub.is_none())
        && (own_sup.is_none() || sup.is_none())
    {
        *own_sub = sub.or(own_sub.take());
        *own_sup = sup.or(own_sup.take());
        return base.remove(0);
    }
    Math::Scripts { base, sub, sup, primes: 0, place }
}
