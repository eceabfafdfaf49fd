//! Checks of a report's content, reported at its own lines: the copy desk, references, images,
//! layout.
//!
//! Rules, with their codes and pages, are in [`rules`](crate::rules). The checks are here, one
//! file per area; [`weigh`] then gives each finding the severity that report.yaml asks for and
//! drops suppressed ones.

mod count;
mod fields;
mod files;
mod labels;
mod layout;
mod letters;
mod mend;
mod references;
mod report;
mod safe;
mod weigh;

pub use count::{Count, Length, Lengths, PartCount};
pub use fields::fields;
pub use layout::{coarse, layout};
pub use letters::{lengths, letters};
pub use mend::{Changes, FileChange, changes};
pub use report::Findings;
pub use weigh::{folded, idle, weigh};

use crate::reading::model::{Dashes, EnglishConfig, Percent, SerialComma, Weight};
use crate::reading::{Loaded, Project};
use source::Problems;

/// Runs the checks on content that can be read at all; `whole` says that none of it is missing.
pub fn content(project: &Project, loaded: &Loaded, whole: bool, problems: &mut Problems) {
    let config = &loaded.report.config;
    let off = config
        .check
        .weights
        .iter()
        .filter(|(_, weight)| **weight == Weight::Off)
        .map(|(name, _)| name.clone())
        .collect();
    let other_region = ["zh-TW", "zh-HK", "zh-MO"].contains(&config.lang.as_str());
    let settings = copydesk::Settings {
        terms: config.terms.clone(),
        off,
        lists: loaded.lists.clone(),
        other_region,
        lang: config.lang.clone(),
        english: house(&config.check.english),
    };
    copydesk::read(&loaded.texts.prose, &settings, problems);
    if let Some(references) = &loaded.references {
        references::addresses(references, problems);
        references::uncited(references, &loaded.report, problems);
    }
    labels::typed(&loaded.texts.prose, &loaded.report.numbered, problems);
    safe::settle(project, loaded, problems);
    files::figures(&loaded.report, problems);
    if whole {
        files::unused(project, loaded, problems);
    }
}

/// How the house writes English, by the settings.
fn house(settings: &EnglishConfig) -> copydesk::House {
    copydesk::House {
        serial_comma: settings.serial_comma.map(|comma| match comma {
            SerialComma::Always => copydesk::SerialComma::Always,
            SerialComma::Never => copydesk::SerialComma::Never,
        }),
        dashes: settings.dashes.map(|dashes| match dashes {
            Dashes::Em => copydesk::Dashes::Em,
            Dashes::En => copydesk::Dashes::En,
        }),
        percent: settings.percent.map(|percent| match percent {
            Percent::Closed => copydesk::Percent::Closed,
            Percent::Spaced => copydesk::Percent::Spaced,
        }),
    }
}
