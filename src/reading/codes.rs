//! QR codes (ISO/IEC 18004) from addresses.

use qrcode::{Color, EcLevel, QrCode};

use crate::reading::model::Code;

/// Fills in a code's modules; the message says why where an address does not fit into any.
pub fn fill(code: &mut Code) -> Result<(), String> {
    code.modules = modules(&code.url)?;
    Ok(())
}

/// The modules of an address, a row each. Kept, for the choice among the masks takes a while.
#[comemo::memoize]
fn modules(url: &str) -> Result<Vec<String>, String> {
    // Level M restores 15 % of the symbol: enough for print, small enough to scan at 25 mm.
    let symbol = QrCode::with_error_correction_level(url, EcLevel::M).map_err(|error| error.to_string())?;
    let row = |row: &[Color]| row.iter().map(|color| if *color == Color::Dark { '1' } else { '0' }).collect();
    Ok(symbol.to_colors().chunks(symbol.width()).map(row).collect())
}
