//! QR codes (ISO/IEC 18004) for URLs.

use qrcode::{Color, EcLevel, QrCode};

use crate::reading::model::Code;

/// Fills in a code's modules; returns the reason if a URL fits into no code.
pub(super) fn fill(code: &mut Code) -> Result<(), String> {
    code.modules = modules(&code.url)?;
    Ok(())
}

/// Returns the modules of a URL, one row each. Memoised, since choosing the mask takes a while.
#[comemo::memoize]
fn modules(url: &str) -> Result<Vec<String>, String> {
    // Level M restores 15 % of the symbol: enough for print, small enough to scan at 25 mm.
    let symbol =
        QrCode::with_error_correction_level(url, EcLevel::M).map_err(|error| error.to_string())?;
    let row = |row: &[Color]| {
        row.iter().map(|color| if *color == Color::Dark { '1' } else { '0' }).collect()
    };
    Ok(symbol.to_colors().chunks(symbol.width()).map(row).collect())
}
