//! A8, B1, B2: colour spaces (ISO 15930-7, 6.7; GWG 2022, colour).

use kurbo::Rect;

use super::file::Sheet;
use super::finding::Findings;
use super::intent::Intent;
use super::page::Space;
use super::rules;
use super::seen::Seen;
use l10n::say;

/// Checks a mark's colour.
pub(super) fn mark(seen: &Seen, intent: Intent, findings: &mut Findings) {
    let space = seen.mark.paint.space();
    let at = seen.at();
    let meant = &findings.profile.spots;
    let strange: Vec<_> = space
        .spots()
        .into_iter()
        .filter(|spot| !meant.iter().any(|name| *name == **spot))
        .collect();
    for spot in strange {
        let message = say!("`{spot}` is a spot colour", spot);
        findings.report(&rules::SPOT, at, message, say!(
            "use process colours; if `{spot}` is meant, say so: `--spot \"{spot}\"` of `preflight`, `spots: [{spot}]` of its profile, `press: {{spots: [{spot}]}}` of report.yaml",
            spot
        ));
    }
    let inside = seen.mark.bounds.overlaps(seen.sheet.trimmed());
    if inside
        && matches!(space.base(), Space::Colorants { names, .. } if names.iter().any(|n| n == "All"))
    {
        let message = say!("the colour `All` is used on the page: it prints on every plate");
        let hint = say!("use black, or the inks that are meant; `All` is for the printer's marks");
        findings.report(&rules::REGISTRATION, at, message, hint);
    }
    let base = space.stand_in().unwrap_or(space.base());
    let device = match base {
        Space::Cmyk => intent != Intent::Gray && intent != Intent::Rgb,
        Space::Gray => true,
        Space::Rgb => intent == Intent::Rgb,
        _ => true,
    };
    if !device {
        let which = if intent == Intent::Unknown {
            say!("no output intent defines")
        } else {
            say!("the output intent does not define")
        };
        let name = base.name();
        let message = say!("the colour is in {name}, which {which}", name, which);
        let hint = say!("convert colours to CMYK with the ICC profile of the press");
        findings.report(&rules::DEVICE_COLOUR, at, message, hint);
        return;
    }
    match base {
        Space::Cmyk | Space::Gray => {}
        Space::Pattern(_) => {}
        other => {
            let message = say!("the colour is in `{name}`", name = other.name());
            findings.report(
                &rules::COLOUR_SPACE,
                at,
                message,
                say!("convert colours to CMYK with the ICC profile of the press"),
            );
        }
    }
}

/// Checks a transparency group's colour space; a soft mask may use grey.
pub(super) fn group(
    space: Option<&Space>,
    in_mask: bool,
    sheet: &Sheet,
    place: Rect,
    findings: &mut Findings,
) {
    match space {
        None | Some(Space::Cmyk) => {}
        Some(Space::Gray) if in_mask => {}
        Some(other) => {
            let message = say!("a transparency group blends in `{name}`", name = other.name());
            findings.report(
                &rules::GROUP_SPACE,
                sheet.at(place),
                message,
                say!("set the blending space to CMYK"),
            );
        }
    }
}
