//! The list of references: uncited entries, missing fields, unusable addresses.

use crate::reading::References;
use crate::reading::model::{Inline, Report};
use crate::rules;
use l10n::say;
use source::{Diagnostic, Edit, Place, Problems};

/// Checks for entries that are never cited, unless the report lists them anyway.
pub(super) fn uncited(references: &References, report: &Report, problems: &mut Problems) {
    if report.config.references.as_ref().is_none_or(|settings| settings.uncited) {
        return;
    }
    let mut cited = vec![];
    for part in &report.parts {
        part.content.runs().into_iter().for_each(|runs| keys(runs, &mut cited));
    }
    for key in references.keys.iter().filter(|key| !cited.contains(key)) {
        let Some(place) = references.place(key) else { continue };
        problems.push(
            Diagnostic::of(&rules::UNCITED, place.clone(), say!("`{key}` is never cited, so it is not printed", key))
                .hint(say!(
                    "cite it as `[@{key}]`, remove it, or list all with `references: {{uncited: true}}`",
                    key
                )),
        );
    }
}

fn keys<'a>(inlines: &'a [Inline], out: &mut Vec<&'a String>) {
    for inline in inlines {
        if let Inline::Cite { cited } = inline {
            out.extend(&cited.keys);
        }
        inline.within().into_iter().for_each(|body| keys(body, out));
    }
}

/// Returns whether a query parameter only tracks the reader.
fn tracks(parameter: &str) -> bool {
    const NAMES: [&str; 16] = [
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "igshid",
        "mc_cid",
        "mc_eid",
        "spm",
        "scm",
        "vd_source",
        "share_source",
        "share_token",
        "from_source",
        "_hsenc",
        "_hsmi",
    ];
    let name = parameter.split('=').next().unwrap_or_default();
    name.starts_with("utm_") || NAMES.contains(&name)
}

/// Checks for addresses that track the reader, or that no reader can open.
pub(super) fn addresses(references: &References, problems: &mut Problems) {
    let file = references.file();
    for (at, _) in file.text.match_indices(':') {
        let Some((start, end)) = address_around(&file.text, at) else { continue };
        let address = &file.text[start..end];
        let place = Place::new(file, start..end);
        if is_private(address) {
            problems.push(
                Diagnostic::of(
                    &rules::PRIVATE_ADDRESS,
                    place,
                    say!("no reader can open `{address}`", address),
                )
                .hint(say!("find the page's public address")),
            );
            continue;
        }
        let Some((head, query)) = address.split_once('?') else { continue };
        let (query, fragment) =
            query.split_once('#').map_or((query, ""), |(query, fragment)| (query, fragment));
        let kept: Vec<&str> = query.split('&').filter(|parameter| !tracks(parameter)).collect();
        let dropped: Vec<&str> = query.split('&').filter(|parameter| tracks(parameter)).collect();
        if dropped.is_empty() {
            continue;
        }
        let mut clean = head.to_owned();
        for (mark, rest) in [("?", kept.join("&")), ("#", fragment.to_owned())] {
            if !rest.is_empty() {
                clean.push_str(mark);
                clean.push_str(&rest);
            }
        }
        let names: Vec<&str> = dropped
            .iter()
            .map(|parameter| parameter.split('=').next().unwrap_or_default())
            .collect();
        let message = say!(
            "the address contains `{names}`, which only tracks the reader",
            names = names.join("`, `")
        );
        let mut told = Diagnostic::of(&rules::TRACKING, place, message)
            .hint(say!("write `{right}`", right = clean));
        told.fix = vec![Edit { range: start..end, text: clean }];
        problems.push(told);
    }
}

/// Returns the start and end of the address around a colon; `None` if there is none.
fn address_around(text: &str, colon: usize) -> Option<(usize, usize)> {
    let scheme = text[..colon].rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let rest = &text[colon + 1..];
    let known = match scheme {
        // A blob's own address stands within it.
        "http" | "https" => {
            rest.starts_with("//") && !text[..colon - scheme.len()].ends_with("blob:")
        }
        "file" => rest.starts_with('/'),
        "blob" => rest.starts_with("http"),
        "data" => rest
            .split(',')
            .next()
            .is_some_and(|head| head.contains('/') && !head.contains(char::is_whitespace)),
        _ => false,
    };
    let length =
        rest.find(|c: char| c.is_whitespace() || "\"'<>{}".contains(c)).unwrap_or(rest.len());
    let address = rest[..length].trim_end_matches([',', ';', ']', '}']);
    known.then_some((colon - scheme.len(), colon + 1 + address.len()))
}

/// Returns whether an address works only in one browser or on one network.
fn is_private(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"))
    else {
        return true;
    };
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let numbers: Vec<u8> = host.split('.').filter_map(|part| part.parse().ok()).collect();
    let local = match numbers[..] {
        [10 | 127, _, _, _] | [192, 168, _, _] | [169, 254, _, _] => true,
        [172, second, _, _] => (16..32).contains(&second),
        _ => false,
    };
    local
        || host == "localhost"
        || host.ends_with(".local")
        || host.ends_with(".internal")
        || !host.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_browser_or_office_are_private() {
        for address in [
            "blob:https://a.cn/1",
            "file:///a",
            "http://localhost:80/",
            "http://10.0.0.1/",
            "https://wiki/x",
        ] {
            assert!(is_private(address), "{address}");
        }
        for address in ["https://a.cn/", "http://8.8.8.8/x", "https://172.15.0.1"] {
            assert!(!is_private(address), "{address}");
        }
    }

    #[test]
    fn an_address_ends_where_its_text_does() {
        let text = "url: \"https://a.cn/x?b=1\" # c";
        let found: Vec<_> =
            text.match_indices(':').filter_map(|(at, _)| address_around(text, at)).collect();
        assert_eq!(found, [(6, 24)]);
    }
}
