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
        findings.report(&rules::SPOT, at, message, say!("use process colours, or declare the spot colour: `press: {{spots: […]}}` in report.yaml, `spots` in a profile"));
    }
    let base = space.stand_in().unwrap_or(space.base());
    match base {
        Space::Cmyk | Space::Gray => {}
        // An intent for printing is one for CMYK (A6): no other colour of a device can be defined.
        Space::Rgb => {
            let which = if intent == Intent::Cmyk {
                say!("the output intent does not define")
            } else {
                say!("no output intent defines")
            };
            let message = say!("the colour is in DeviceRGB, which {which}", which);
            findings.report(
                &rules::DEVICE_COLOUR,
                at,
                message,
                say!("convert colours to CMYK with the ICC profile of the press"),
            );
        }
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
