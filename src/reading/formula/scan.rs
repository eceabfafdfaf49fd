//! The source of a formula, token by token: what is refused before it is parsed, and what the
//! parser would take for something else and so is written in another way.

use super::chem;
use super::fault::Fault;
use super::habits;
use super::token::{Token, closing, tokens};
use l10n::say;

/// Commands that the parser knows and that no report has a use for, or that it reads by half.
const COLOURS: [&str; 4] = ["color", "textcolor", "colorbox", "fcolorbox"];

/// Commands of numbering, which belongs to labels.
const NUMBERS: [&str; 5] = ["label", "tag", "notag", "nonumber", "ref"];

/// Commands that the parser takes for the beginning or the end of a group, for their names begin so;
/// and those that it takes for another sign. Each with what stands for it.
const OTHERS: [(&str, &str); 29] = [
    ("Earth", "♁"),
    ("Game", "⅁"),
    ("leftarrow", "←"),
    ("leftarrowtail", "↢"),
    ("leftharpoondown", "↽"),
    ("leftharpoonup", "↼"),
    ("leftleftarrows", "⇇"),
    ("leftmodels", "⊨"),
    ("leftmoon", "☾"),
    ("leftouterjoin", "⟕"),
    ("leftrightarrow", "↔"),
    ("leftrightarrows", "⇆"),
    ("leftrightharpoons", "⇋"),
    ("leftrightsquigarrow", "↭"),
    ("leftthreetimes", "⋋"),
    ("mu", "μ"),
    ("nsubseteqq", r"\not\subseteqq "),
    ("rightarrow", "→"),
    ("rightarrowtail", "↣"),
    ("rightharpoondown", "⇁"),
    ("rightharpoonup", "⇀"),
    ("rightleftarrows", "⇄"),
    ("rightleftharpoons", "⇌"),
    ("rightmoon", "☽"),
    ("rightouterjoin", "⟖"),
    ("rightrightarrows", "⇉"),
    ("rightsquigarrow", "⇝"),
    ("rightthreetimes", "⋌"),
    ("rq", "’"),
];

/// Commands that define others, which no other formula would know; and the numbers of characters.
const DEFINITIONS: [&str; 8] = [
    "DeclareMathOperator",
    "char",
    "def",
    "futurelet",
    "let",
    "newcommand",
    "providecommand",
    "renewcommand",
];

/// Commands whose braces hold words.
const WORDS: [&str; 9] =
    ["text", "textrm", "textbf", "textit", "textsf", "texttt", "operatorname", "mbox", "hbox"];

/// Returns the formula as the parser reads it rightly.
pub(super) fn prepared(tex: &str) -> Result<String, Fault> {
    let tokens = tokens(tex);
    let mut out = String::with_capacity(tex.len() + 16);
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        refuse(token, &tokens[at..])?;
        let Some(command) = token.command() else {
            // The parser takes any space for one byte.
            out.push_str(if token.is_space() { " " } else { token.text });
            continue;
        };
        let next = at + tokens[at..].iter().take_while(|token| token.is_space()).count();
        let behind = tokens.get(next).map(|token| token.text);
        if matches!(command, "ce" | "pu") {
            let end = match behind {
                Some("{") => closing(&tokens, next, "{", "}"),
                _ => None,
            };
            let inner = end.map(|end| &tex[tokens[next].at.end..tokens[end].at.start]);
            out.push_str(&chemistry(token, inner)?);
            at = end.map_or(tokens.len(), |end| end + 1);
        } else if WORDS.contains(&command) && behind == Some("{") {
            let end = closing(&tokens, next, "{", "}").unwrap_or(tokens.len());
            out.push_str(habits::same(command).unwrap_or(token.text));
            out.push_str(&tex[token.at.end..tokens.get(end).map_or(tex.len(), |t| t.at.start)]);
            words(&tokens[next + 1..end])?;
            at = end;
        } else if command == "begin" && behind == Some("{") {
            pairs(&tokens, next)?;
            out.push_str(token.text);
        } else if command == "operatorname" && behind == Some("*") {
            out.push_str("\\mathop");
            at = next + 1;
        } else if command == "sqrt" && behind == Some("[") {
            // What stands in brackets is one element for the parser only where it is in braces.
            let Some(end) = closing(&tokens, next, "[", "]") else {
                out.push_str(token.text);
                continue;
            };
            let index = prepared(&tex[tokens[next].at.end..tokens[end].at.start])
                .map_err(|fault| fault.moved(tokens[next].at.end))?;
            out.push_str(&format!("\\sqrt[{{{index}}}]"));
            at = end + 1;
        } else if command == "middle" && next < tokens.len() {
            // In braces it differs from a delimiter of a fixed size.
            out.push_str(&format!("{{\\middle{}}}", tokens[next].text));
            at = next + 1;
        } else if let Some((_, other)) = OTHERS.iter().find(|(name, _)| *name == command) {
            out.push_str(other);
        } else if let Some(other) = habits::same(command) {
            out.push_str(other);
        } else if let Some(letter) = habits::upright(command) {
            out.push_str(&format!("{{\\mathrm{{\\{letter}}}}}"));
        } else {
            out.push_str(token.text);
        }
    }
    Ok(out)
}

/// The TeX of a chemical formula, in braces.
fn chemistry(token: &Token, inner: Option<&str>) -> Result<String, Fault> {
    let command = token.command().unwrap_or_default();
    let told = |why: String| Fault {
        at: token.at.clone(),
        message: say!("`{written}` cannot be read: {why}", written = token.text, why),
        hint: say!("write it with `\\mathrm`, or as text: `H~2~O`"),
    };
    let Some(inner) = inner else {
        return Err(Fault {
            at: token.at.clone(),
            message: say!("`{written}` has no braces that are closed", written = token.text),
            hint: say!("write `{written}{{…}}`", written = token.text),
        });
    };
    let tex = chem::tex(inner, command).map_err(told)?;
    let tex = prepared(&tex).map_err(|fault| told(fault.message))?;
    Ok(format!("{{{tex}}}"))
}

/// Refuses what the parser would drop, and what is the business of others.
fn refuse(token: &Token, behind: &[Token]) -> Result<(), Fault> {
    let at = token.at.clone();
    if token.text == "%" {
        return Err(Fault {
            at,
            message: say!("a `%` hides what stands behind it"),
            hint: say!("write `\\%` for the sign"),
        });
    }
    let Some(command) = token.command() else { return Ok(()) };
    let written = token.text;
    if COLOURS.contains(&command) {
        return Err(Fault {
            at,
            message: say!("`{written}` sets a colour, and colours are the template's own", written),
            hint: say!("remove it"),
        });
    }
    if NUMBERS.contains(&command) {
        return Err(Fault {
            at,
            message: say!("`{written}` does not number a formula here", written),
            hint: say!(
                "remove it, write `{{#eq-name}}` behind the last `$$`, and refer to it with `@eq-name`"
            ),
        });
    }
    if DEFINITIONS.contains(&command) {
        return Err(Fault {
            at,
            message: say!("`{written}` is not read", written),
            hint: say!("write out what it stands for"),
        });
    }
    if command == "sideset" {
        return Err(Fault {
            at,
            message: say!("`{written}` is not known", written),
            hint: say!("write `{{}}_a^b` before the operator, in braces of its own"),
        });
    }
    let misplaced = matches!(command, "limits" | "nolimits");
    if let Some(hint) = habits::instead(command).filter(|_| !misplaced) {
        return Err(Fault { at, message: say!("`{written}` is not known", written), hint });
    }
    let narrow = [("Overrightarrow", "overrightarrow"), ("underleftrightarrow", "underrightarrow")];
    if let Some((_, other)) = narrow.iter().find(|(name, _)| *name == command) {
        return Err(Fault {
            at,
            message: say!("`{written}` has no sign in the face for formulas", written),
            hint: say!("write `\\{other}`", other),
        });
    }
    let lined = command == "hdashline" || command == "hline" && repeated(behind);
    if lined {
        return Err(Fault {
            at,
            message: say!("a dashed or a double line cannot be set"),
            hint: say!("write one `\\hline`"),
        });
    }
    Ok(())
}

/// Refuses `\begin{alignat}` without the number of its columns, or with too great a one.
fn pairs(tokens: &[Token], open: usize) -> Result<(), Fault> {
    let Some(end) = closing(tokens, open, "{", "}") else { return Ok(()) };
    let name: String = tokens[open + 1..end].iter().map(|token| token.text).collect();
    if !name.starts_with("alignat") && !name.starts_with("alignedat") {
        return Ok(());
    }
    let behind = tokens[end + 1..].iter().map(|token| token.text);
    let number: String = behind.skip(1).take_while(|text| *text != "}").collect();
    if (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit()) {
        return Ok(());
    }
    Err(Fault {
        at: tokens[open + 1].at.start..tokens[end - 1].at.end,
        message: say!("`{name}` has no number of columns", name),
        hint: say!("write `aligned`, or the number in braces behind it: `{{2}}`"),
    })
}

/// Whether the same line follows.
fn repeated(behind: &[Token]) -> bool {
    let mut behind = behind.iter().skip_while(|token| token.is_space());
    behind.next().is_some_and(|token| token.text == "\\hline")
}

/// Refuses what cannot stand in words.
fn words(tokens: &[Token]) -> Result<(), Fault> {
    for token in tokens {
        let is_sign = token.command().is_none_or(|name| "%&#_${} ,-".contains(name));
        if !is_sign || matches!(token.text, "%" | "&" | "#" | "_" | "^" | "$" | "{" | "}") {
            let sign = token.command().is_none() && !matches!(token.text, "{" | "}" | "^");
            // TeX has formulas among words; here the words end.
            let inner = tokens.iter().filter(|token| token.text == "$").count() > 1;
            let hint = match sign && !(inner && token.text == "$") {
                true => say!("write `\\{sign}` for the sign", sign = token.text),
                false => say!("end the words before it, and begin them again behind it"),
            };
            return Err(Fault {
                at: token.at.clone(),
                message: say!("`{written}` cannot stand among words", written = token.text),
                hint,
            });
        }
    }
    Ok(())
}
