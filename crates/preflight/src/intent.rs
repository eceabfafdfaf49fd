//! A6: the output intent and its profile (ISO 15930-7, 6.8.2; ICC.1, 7.2 for the profile's header).

use hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};

use super::file::File;
use super::finding::{At, Findings};
use super::rules;
use l10n::say;

/// The colours that device colour may use under the file's output intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    /// A CMYK printer profile: DeviceCMYK and DeviceGray are defined.
    Cmyk,
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
    for key in ["OutputConditionIdentifier", "RegistryName", "Info"] {
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
    let fault = match intent.get::<Stream<'_>>("DestOutputProfile") {
        None => Some(say!("the output intent embeds no profile")),
        Some(stream) => match stream.decoded() {
            Ok(icc) => header_fault(&icc, stream.dict().get::<u8>("N")),
            Err(_) => Some(say!("the output intent's profile cannot be decoded")),
        },
    };
    match fault {
        None => Intent::Cmyk,
        Some(message) => {
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

/// Returns the fault in an ICC profile's header, if it does not suit an output intent for CMYK.
fn header_fault(icc: &[u8], components: Option<u8>) -> Option<String> {
    let signature = |at: usize| {
        icc.get(at..at + 4)
            .map(|s| String::from_utf8_lossy(s).trim_end().to_owned())
            .unwrap_or_default()
    };
    let size = icc.get(..4).map_or(0, |s| u32::from_be_bytes([s[0], s[1], s[2], s[3]]) as usize);
    if icc.len() < 128 || signature(36) != "acsp" {
        return Some(say!("the output intent's profile is not an ICC profile"));
    }
    if size > icc.len() {
        return Some(say!(
            "the output intent's profile is truncated: {length} of {size} bytes",
            length = icc.len(),
            size
        ));
    }
    if !matches!(icc[8], 2 | 4) {
        return Some(say!(
            "the output intent's profile has ICC version {version}",
            version = icc[8]
        ));
    }
    if signature(12) != "prtr" {
        return Some(say!(
            "the output intent's profile has class `{found}`, not `prtr`",
            found = signature(12)
        ));
    }
    if signature(16) != "CMYK" {
        return Some(say!(
            "the output intent's profile is for `{found}`, not `CMYK`",
            found = signature(16)
        ));
    }
    (components != Some(4))
        .then(|| say!("the output intent's profile stream does not declare 4 components"))
}
