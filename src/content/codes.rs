//! QR codes (ISO/IEC 18004) from addresses.

use qrcode::{Color, EcLevel, QrCode};

use crate::model::Code;

/// Fills in a code's modules; the message says why where an address does not fit into any.
pub fn fill(code: &mut Code) -> Result<(), String> {
    // Level M restores 15 % of the symbol: enough for print, small enough to scan at 25 mm.
    let symbol = QrCode::with_error_correction_level(&code.url, EcLevel::M).map_err(|error| error.to_string())?;
    code.modules = symbol
        .to_colors()
        .chunks(symbol.width())
        .map(|row| row.iter().map(|color| if *color == Color::Dark { '1' } else { '0' }).collect())
        .collect();
    Ok(())
}
