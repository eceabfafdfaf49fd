//! A6: the output intent and its profile (ISO 15930-7, 6.8.2; ICC.1, 7.2 for the profile's header).

use hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};

use super::file::File;
use super::finding::{At, Findings};
use super::{icc, rules, text};
use l10n::say;

/// The colours that device colour may use under the file's output intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// A CMYK printer's profile: DeviceCMYK and DeviceGray are defined.
    Cmyk,
    /// A grey printer's: DeviceGray is.
    Gray,
    /// An RGB printer's: DeviceRGB and DeviceGray are.
    Rgb,
    /// No intent, or no usable one; already reported.
    Unknown,
}

/// Checks the output intent and returns the colours it defines.
pub(super) fn check(file: &File, findings: &mut Findings) -> Intent {
    let intents: Vec<Dict> = file
        .catalog
        .get::<Array<'_>>("OutputIntents")
        .map(|list| list.iter().collect())
        .unwrap_or_default();
    let ours: Vec<&Dict> = intents
        .iter()
        .filter(|i| i.get::<Name<'_>>("S").is_some_and(|s| s.as_str() == "GTS_PDFX"))
        .collect();
    let [intent] = ours[..] else {
        let message = match ours.len() {
            0 => say!("there is no output intent of kind `GTS_PDFX`"),
            n => say!("there are {n} output intents of kind `GTS_PDFX`", n),
        };
        findings.report(
            &rules::OUTPUT_INTENT,
            At::FILE,
            message,
            say!("export for one printing condition, with its ICC profile"),
        );
        return Intent::Unknown;
    };
    for key in ["OutputConditionIdentifier", "Info"] {
        if intent.get::<PdfString<'_>>(key).is_none_or(|text| text.as_bytes().is_empty()) {
            let message = say!("the output intent has no `{key}`", key);
            findings.report(
                &rules::OUTPUT_CONDITION,
                At::FILE,
                message,
                say!("specify the printing condition, such as `FOGRA39` of `http://www.color.org`"),
            );
        }
    }
    let read = match intent.get::<Stream<'_>>("DestOutputProfile") {
        None => Err(say!("the output intent embeds no profile")),
        Some(stream) => match stream.decoded() {
            Ok(icc) => {
                matches_condition(intent, &icc, findings);
                printer(&icc, stream.dict().get::<u8>("N"))
            }
            Err(_) => Err(say!("the output intent's profile cannot be decoded")),
        },
    };
    match read {
        Ok(found) => {
            if found != Intent::Cmyk {
                findings.report(
                    &rules::OUTPUT_CMYK,
                    At::FILE,
                    say!("the output intent is not for printing in CMYK"),
                    say!("export for the printing condition of the press"),
                );
            }
            found
        }
        Err(message) => {
            findings.report(
                &rules::OUTPUT_PROFILE,
                At::FILE,
                message,
                say!("embed the ICC profile of the press: class `prtr`, colour space `CMYK`"),
            );
            Intent::Unknown
        }
    }
}

/// Checks that the condition is the one that the profile is made for, where both are known.
fn matches_condition(intent: &Dict<'_>, icc: &[u8], findings: &mut Findings) {
    let named = intent.get::<PdfString<'_>>("OutputConditionIdentifier");
    let named = named.map(|name| text::decode(name.as_bytes())).unwrap_or_default();
    let known = icc::description(icc);
    let made = known.as_deref().and_then(icc::condition);
    let made = made.or_else(|| icc::target(icc).as_deref().and_then(icc::condition));
    if let (Some(said), Some(made)) = (icc::condition(&named), made)
        && said != made
    {
        let profile = known.unwrap_or_default();
        let message = say!(
            "the output condition is `{named}`, but the profile `{profile}` is for `{made}`",
            named,
            profile,
            made
        );
        let hint =
            say!("name the condition that the profile is made for, or embed the other profile");
        findings.report(&rules::CONDITION_MATCH, At::FILE, message, hint);
    }
}

/// Returns what an ICC profile prints in, or why it is none for an output intent (ISO 15930-7,
/// 6.8.2: a printer's, of CMYK, grey or RGB).
fn printer(icc: &[u8], components: Option<u8>) -> Result<Intent, String> {
    let signature = |at: usize| {
        icc.get(at..at + 4)
            .map(|s| String::from_utf8_lossy(s).trim_end().to_owned())
            .unwrap_or_default()
    };
    let size = icc.get(..4).map_or(0, |s| u32::from_be_bytes([s[0], s[1], s[2], s[3]]) as usize);
    if icc.len() < 128 || signature(36) != "acsp" {
        return Err(say!("the output intent's profile is not an ICC profile"));
    }
    if size > icc.len() {
        return Err(say!(
            "the output intent's profile is truncated: {length} of {size} bytes",
            length = icc.len(),
            size
        ));
    }
    if !matches!(icc[8], 2 | 4) {
        return Err(say!(
            "the output intent's profile has ICC version {version}",
            version = icc[8]
        ));
    }
    if signature(12) != "prtr" {
        return Err(say!(
            "the output intent's profile has class `{found}`, not `prtr`",
            found = signature(12)
        ));
    }
    let (found, wanted) = match &*signature(16) {
        "CMYK" => (Intent::Cmyk, 4),
        "GRAY" => (Intent::Gray, 1),
        "RGB" => (Intent::Rgb, 3),
        found => {
            return Err(say!(
                "the output intent's profile is for `{found}`, not for a printer's colours",
                found
            ));
        }
    };
    if components != Some(wanted) {
        return Err(say!(
            "the output intent's profile stream does not declare {wanted} components",
            wanted
        ));
    }
    Ok(found)
}
