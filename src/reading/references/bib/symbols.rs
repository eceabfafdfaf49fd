//! TeX's names for characters.

/// The combining character of an accent.
pub(super) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" | "´" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "h" => '\u{309}',
        "r" => '\u{30A}',
        "H" => '\u{30B}',
        "v" => '\u{30C}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// Writes a text whose first letter has an accent; without a letter the accent is a character.
pub(super) fn combine(base: &str, mark: char, out: &mut String) {
    let mut chars = base.chars();
    match chars.next() {
        None => out.push(match mark {
            '\u{302}' => '^',
            '\u{303}' => '~',
            '\u{300}' => '`',
            '\u{301}' => '´',
            '\u{308}' => '¨',
            other => other,
        }),
        Some(first) => {
            // TeX writes accents on letters without their dots.
            out.push(match first {
                'ı' => 'i',
                'ȷ' => 'j',
                other => other,
            });
            out.push(mark);
            out.push_str(chars.as_str());
        }
    }
}

/// Whether a command only chooses a face, or says what its text is.
pub(super) fn is_face(name: &str) -> bool {
    matches!(
        name,
        "textrm"
            | "textsc"
            | "textsf"
            | "texttt"
            | "textup"
            | "textmd"
            | "textnormal"
            | "text"
            | "mbox"
            | "hbox"
            | "mathrm"
            | "mathsf"
            | "mathtt"
            | "mathcal"
            | "mathbb"
            | "mathfrak"
            | "mathit"
            | "mathbf"
            | "boldsymbol"
            | "bm"
            | "operatorname"
            | "emph"
            | "textit"
            | "textbf"
            | "textsl"
            | "underline"
            | "uline"
            | "textcite"
            | "bibinfo"
            | "bibstring"
            | "foreignlanguage"
            | "MakeLowercase"
            | "lowercase"
            | "uppercase"
            | "MakeUppercase"
            | "citenamefont"
            | "natexlab"
            | "NoCaseChange"
            | "mkbibemph"
    )
}

/// The characters of a command in a text.
pub(super) fn text(name: &str) -> Option<&'static str> {
    Some(match name {
        "LaTeX" => "LaTeX",
        "LaTeXe" => "LaTeX2e",
        "TeX" => "TeX",
        "BibTeX" => "BibTeX",
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "ss" => "ß",
        "SS" => "ẞ",
        "i" => "ı",
        "j" => "ȷ",
        "dh" => "ð",
        "DH" => "Ð",
        "dj" => "đ",
        "DJ" => "Đ",
        "th" => "þ",
        "TH" => "Þ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "S" | "textsection" => "§",
        "P" | "textparagraph" => "¶",
        "copyright" | "textcopyright" => "©",
        "textregistered" => "®",
        "texttrademark" => "™",
        "pounds" | "textsterling" => "£",
        "euro" | "texteuro" => "€",
        "yen" | "textyen" => "¥",
        "textdollar" => "$",
        "dots" | "ldots" | "textellipsis" => "…",
        "textendash" => "–",
        "textemdash" => "—",
        "textbackslash" => "\\",
        "textunderscore" => "_",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textasciigrave" => "`",
        "textbar" => "|",
        "textless" => "<",
        "textgreater" => ">",
        "textbraceleft" | "lbrace" => "{",
        "textbraceright" | "rbrace" => "}",
        "textquoteleft" => "‘",
        "textquoteright" => "’",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "textquotesingle" => "'",
        "textquotedbl" => "\"",
        "quotedblbase" => "„",
        "quotesinglbase" => "‚",
        "guillemotleft" => "«",
        "guillemotright" => "»",
        "guilsinglleft" => "‹",
        "guilsinglright" => "›",
        "textexclamdown" => "¡",
        "textquestiondown" => "¿",
        "textbullet" => "•",
        "textperiodcentered" | "textcdot" => "·",
        "textdegree" => "°",
        "textmu" | "textmugreek" => "µ",
        "textpm" => "±",
        "texttimes" => "×",
        "textonehalf" => "½",
        "textordfeminine" => "ª",
        "textordmasculine" => "º",
        "textdagger" | "dag" => "†",
        "textdaggerdbl" | "ddag" => "‡",
        "textvisiblespace" => "␣",
        "textnumero" => "№",
        "textasteriskcentered" => "*",
        "slash" => "/",
        "newline" | "linebreak" | "space" | "nobreakspace" => " ",
        _ => return None,
    })
}

/// The characters of a command in a formula.
pub(super) fn math(name: &str) -> Option<&'static str> {
    Some(match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" | "varepsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" | "vartheta" => "θ",
        "iota" => "ι",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" => "μ",
        "nu" => "ν",
        "xi" => "ξ",
        "pi" | "varpi" => "π",
        "rho" | "varrho" => "ρ",
        "sigma" => "σ",
        "tau" => "τ",
        "upsilon" => "υ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "Gamma" => "Γ",
        "Delta" => "Δ",
        "Theta" => "Θ",
        "Lambda" => "Λ",
        "Xi" => "Ξ",
        "Pi" => "Π",
        "Sigma" => "Σ",
        "Phi" => "Φ",
        "Psi" => "Ψ",
        "Omega" => "Ω",
        "times" => "×",
        "cdot" => "·",
        "div" => "÷",
        "pm" => "±",
        "mp" => "∓",
        "circ" => "∘",
        "degree" => "°",
        "sim" => "∼",
        "approx" => "≈",
        "neq" | "ne" => "≠",
        "leq" | "le" | "leqslant" => "≤",
        "geq" | "ge" | "geqslant" => "≥",
        "ll" => "≪",
        "gg" => "≫",
        "lt" => "<",
        "gt" => ">",
        "infty" => "∞",
        "partial" => "∂",
        "nabla" => "∇",
        "sum" => "∑",
        "prod" => "∏",
        "int" => "∫",
        "in" => "∈",
        "to" | "rightarrow" | "longrightarrow" => "→",
        "leftarrow" => "←",
        "leftrightarrow" => "↔",
        "Rightarrow" => "⇒",
        "prime" => "′",
        "ell" => "ℓ",
        "hbar" => "ℏ",
        "dots" | "ldots" | "cdots" => "…",
        "star" => "★",
        "ast" => "*",
        "bullet" => "•",
        "dagger" => "†",
        "log" => "log",
        "lg" => "lg",
        "ln" => "ln",
        "exp" => "exp",
        "sin" => "sin",
        "cos" => "cos",
        "tan" => "tan",
        "max" => "max",
        "min" => "min",
        "lim" => "lim",
        _ => return None,
    })
}
