//! Files that other programs write: in whatever encoding they come, they are read.

use std::sync::Arc;

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};
use l10n::say;
use source::{Diagnostic, Place, Problems, SourceFile};

use super::Project;
use super::project::{decode, shown};
use crate::rules;

/// Reads the text of a file below `content/`, in UTF-8, UTF-16 or GB 18030 (and GBK, which is part
/// of it). What is not UTF-8 is told, for a guess can be wrong.
pub(super) fn text(
    project: &Project,
    name: &str,
    asked: &Place,
    problems: &mut Problems,
) -> Option<Arc<SourceFile>> {
    let bytes = project.data(name, asked).map_err(|problem| problems.push(problem)).ok()?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let message = say!("`{name}` is a workbook, and no text", name);
        let hint = say!("name it `.xlsx`, or `.xls` or `.ods` if it is one of these");
        problems.push(Diagnostic::error(asked.clone(), message).hint(hint));
        return None;
    }
    of_bytes(&shown(name), &bytes, problems)
}

/// The same of the bytes of a file with this path.
pub(super) fn of_bytes(
    path: &str,
    bytes: &[u8],
    problems: &mut Problems,
) -> Option<Arc<SourceFile>> {
    let read = match guess(bytes) {
        Some((encoding, text)) => {
            decode(path.to_owned(), text.as_bytes()).map(|file| (file, Some(encoding)))
        }
        None => decode(path.to_owned(), bytes).map(|file| (file, None)),
    };
    let (file, encoding) = read.map_err(|problem| problems.push(problem)).ok()?;
    if let Some(encoding) = encoding {
        problems.push(
            Diagnostic::of(
                &rules::READ_ENCODING,
                Place::new(&file, 0..0),
                say!("the file is not in UTF-8: it is read as {encoding}", encoding),
            )
            .hint(say!("save it as UTF-8 if characters are wrong")),
        );
    }
    Some(file)
}

/// Guesses the encoding of a text that is not in UTF-8; `None` if it is, or is in none that is
/// known.
fn guess(bytes: &[u8]) -> Option<(&'static str, String)> {
    let decoded = |name, encoding: &'static Encoding| {
        let (text, malformed) = encoding.decode_with_bom_removal(bytes);
        (!malformed && !text.contains('\0')).then(|| (name, text.into_owned()))
    };
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            return decoded("UTF-16", encoding);
        }
        Some(_) => return None,
        None => {}
    }
    if std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) {
        return None;
    }
    // Without a mark, UTF-16 shows by the zeros of its Latin letters.
    if bytes.len().is_multiple_of(2) && bytes.contains(&0) {
        let zeros = |at: usize| bytes.iter().skip(at).step_by(2).filter(|b| **b == 0).count();
        let encoding = if zeros(1) > zeros(0) { UTF_16LE } else { UTF_16BE };
        return decoded("UTF-16", encoding);
    }
    decoded("GB 18030", GB18030)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let text = "年份,产量\n2024,1\n";
        let gbk = encoding_rs::GBK.encode(text).0;
        assert_eq!(guess(&gbk), Some(("GB 18030", text.to_owned())));
        let rare = "㐂，𠮷\n";
        assert_eq!(guess(&GB18030.encode(rare).0), Some(("GB 18030", rare.to_owned())));
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bom, bytes) in [
            (&b""[..], &little),
            (&b"\xff\xfe"[..], &little),
            (&b"\xfe\xff"[..], &big),
            (&b""[..], &big),
        ] {
            assert_eq!(guess(&[bom, &bytes[..]].concat()), Some(("UTF-16", text.to_owned())));
        }
        assert_eq!(guess(text.as_bytes()), None);
        assert_eq!(guess(b"a\xff\xff\xff"), None);
    }
}
