//! What the neighbours in a row decide: primes, words, and the space around operators.

use crate::reading::model::{
    Alphabet, Class, Grid, GridKind, Length, Math, ScriptPlace, Side, Style,
};

/// Puts the elements of a row in order; `continues` says whether a term stands before it.
pub(super) fn tidied(row: Vec<Math>, continues: bool) -> Vec<Math> {
    let mut out: Vec<Math> = Vec::with_capacity(row.len());
    for element in row {
        if let Some(element) = joined(&mut out, element) {
            out.push(element);
        }
    }
    unary(&mut out, continues);
    out
}

/// Joins an element to the one before it, or hands it back.
fn joined(out: &mut Vec<Math>, element: Math) -> Option<Math> {
    if let Some(count) = primes(&element) {
        return primed(out, count, None, None).then_some(()).map_or(Some(element), |()| None);
    }
    if let Math::Scripts { base, sub, sup, place: ScriptPlace::Right, .. } = &element
        && let [only] = base.as_slice()
        && let Some(count) = primes(only)
    {
        let done = primed(out, count, sub.as_ref(), sup.as_ref());
        return if done { None } else { Some(element) };
    }
    match (out.last_mut(), element) {
        // A mark in braces has no space around it: `1{,}000`.
        (_, Math::Row { mut body }) if body.len() == 1 => {
            if let Some(Math::Sign { class: class @ Some(_), .. }) = body.first_mut() {
                *class = Some(Class::Normal);
            }
            Some(Math::Row { body })
        }
        (
            Some(Math::Sign { v, class: None, font: Some(font) }),
            Math::Sign { v: next, class: None, font: Some(own) },
        ) if *font == own && is_of_words(own) => {
            v.push_str(&next);
            None
        }
        (Some(Math::Words { v, font }), Math::Words { v: next, font: own }) if *font == own => {
            v.push_str(&next);
            None
        }
        (_, element) => Some(element),
    }
}

/// Whether letters of an alphabet beside each other are one word: `\mathrm{kg}`.
fn is_of_words(font: Alphabet) -> bool {
    use Alphabet as A;
    matches!(
        font,
        A::Upright | A::Italic | A::BoldUpright | A::BoldItalic | A::Sans | A::BoldSans | A::Mono
    )
}

/// Sets primes on the last element of a row; with them the scripts that follow.
fn primed(
    out: &mut Vec<Math>,
    count: usize,
    below: Option<&Vec<Math>>,
    above: Option<&Vec<Math>>,
) -> bool {
    let Some(last) = out.pop() else { return false };
    let place = ScriptPlace::Right;
    let new = match last {
        Math::Scripts { base, sub, sup: None, primes, place: ScriptPlace::Right }
            if sub.is_none() || below.is_none() =>
        {
            let sub = sub.or_else(|| below.cloned());
            Math::Scripts { base, sub, sup: above.cloned(), primes: primes + count, place }
        }
        Math::Space { .. } => {
            out.push(last);
            return false;
        }
        base => Math::Scripts {
            base: vec![base],
            sub: below.cloned(),
            sup: above.cloned(),
            primes: count,
            place,
        },
    };
    out.push(new);
    true
}

/// An operator without a term on each side is a sign (The TeXbook, chapter 18).
fn unary(row: &mut [Math], continues: bool) {
    for at in 0..row.len() {
        if class(&row[at]) != Some(Class::Binary) {
            continue;
        }
        let before = row[..at].iter().rev().find(|element| !is_space(element)).map(class);
        let behind = row[at + 1..].iter().find(|element| !is_space(element)).map(class);
        let opens = |class: Option<Class>| {
            use Class as C;
            matches!(class, Some(C::Binary | C::Large | C::Relation | C::Opening | C::Punctuation))
        };
        let closes = |class: Option<Class>| {
            matches!(class, Some(Class::Relation | Class::Closing | Class::Punctuation))
        };
        let opening = before.map_or(!continues, opens);
        if opening || behind.is_none_or(closes) {
            set(&mut row[at], Class::Normal);
        }
    }
}

fn is_space(element: &Math) -> bool {
    matches!(element, Math::Space { .. })
}

/// The class of a sign, whatever scripts it has.
pub(super) fn class(element: &Math) -> Option<Class> {
    match element {
        Math::Sign { class, .. } => *class,
        Math::Delimiter { class, .. } => Some(*class),
        Math::Scripts { base, .. } => match base.as_slice() {
            [only] => class(only),
            _ => None,
        },
        _ => None,
    }
}

fn set(element: &mut Math, to: Class) {
    match element {
        Math::Sign { class, .. } => *class = Some(to),
        Math::Scripts { base, .. } => {
            if let [only] = base.as_mut_slice() {
                set(only, to);
            }
        }
        _ => {}
    }
}

/// Whether a length is more than a line has above its baseline.
fn is_long(length: &Length) -> bool {
    match length {
        Length::Em(ems) => *ems > 0.9,
        Length::Pt(points) => *points > 9.0,
    }
}

/// Whether elements are higher than a line of text.
pub(super) fn is_tall(row: &[Math]) -> bool {
    row.iter().any(|element| match element {
        Math::Fraction { .. } | Math::Binomial { .. } | Math::Grid(Grid { .. }) => true,
        Math::Spanned { base, note, .. } => note.is_some() || is_tall(base),
        Math::Style { style: Style::Display, .. } => true,
        Math::Scripts { base, sub, sup, place, .. } => {
            *place == ScriptPlace::Limits
                || [Some(base), sub.as_ref(), sup.as_ref()]
                    .into_iter()
                    .flatten()
                    .any(|r| is_tall(r))
        }
        Math::Row { body }
        | Math::Root { body, .. }
        | Math::Fenced { body, .. }
        | Math::Style { body, .. }
        | Math::Struck { body } => is_tall(body),
        Math::Accent { base, .. } => is_tall(base),
        Math::Delimiter { size, .. } => size.is_some_and(|size| size > 1.3),
        Math::Space { height, depth, .. } => [height, depth].into_iter().flatten().any(is_long),
        Math::Sign { .. } | Math::Number { .. } | Math::Function { .. } | Math::Words { .. } => {
            false
        }
    })
}

/// Whether a sign is a prime, and how many.
fn primes(element: &Math) -> Option<usize> {
    match element {
        Math::Sign { v, class: Some(Class::Normal), .. } => match v.as_str() {
            "′" => Some(1),
            "″" => Some(2),
            "‴" => Some(3),
            "⁗" => Some(4),
            _ => None,
        },
        _ => None,
    }
}

/// Two elements over each other without a line.
pub(super) fn stacked(over: Vec<Math>, under: Vec<Math>) -> Math {
    Math::Grid(Grid {
        kind: GridKind::Stack,
        rows: vec![vec![over], vec![under]],
        columns: vec![Side::Center],
        style: None,
        vertical: vec![],
        horizontal: vec![],
    })
}

/// Whether a grid is two elements over each other.
pub(super) fn is_pair(grid: &Grid) -> bool {
    grid.kind == GridKind::Stack && grid.rows.len() == 2 && grid.columns.len() == 1
}
