//! Commands of LaTeX's packages that the parser does not know: what they mean here, or what to write
//! in their place. A name that only looks like one of them would mean something else.

use l10n::say;

/// Commands that have another name here, each with what stands for it.
const SAME: [(&str, &str); 22] = [
    ("arccot", r"\operatorname{arccot}"),
    ("arccsc", r"\operatorname{arccsc}"),
    ("arcctg", r"\operatorname{arcctg}"),
    ("arcsec", r"\operatorname{arcsec}"),
    ("arctg", r"\operatorname{arctg}"),
    ("bm", r"\boldsymbol"),
    ("csch", r"\operatorname{csch}"),
    ("ctg", r"\operatorname{ctg}"),
    ("hbox", r"\text"),
    ("mathbbm", r"\mathbb"),
    ("mathds", r"\mathbb"),
    ("mathscr", r"\mathcal"),
    ("mbox", r"\text"),
    ("overarc", r"\overparen"),
    ("pmb", r"\boldsymbol"),
    ("sech", r"\operatorname{sech}"),
    ("textdegree", "°"),
    ("textmu", "μ"),
    ("textperthousand", "‰"),
    ("tg", r"\operatorname{tg}"),
    ("upmu", r"{\mathrm{μ}}"),
    ("wideparen", r"\overparen"),
];

/// What stands here for a command of a package.
pub(super) fn same(name: &str) -> Option<&'static str> {
    SAME.iter().find(|(own, _)| *own == name).map(|(_, tex)| *tex)
}

/// The upright Greek letter of a command such as `\uppi`.
pub(super) fn upright(name: &str) -> Option<&str> {
    let letter = name.strip_prefix("up")?;
    let greek = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "nu", "xi", "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega",
    ];
    greek.contains(&letter).then_some(letter)
}

/// What to write for a command that cannot be set as it is.
const INSTEAD: [(&str, &str); 35] = [
    ("C", r"\mathbb{C}"),
    ("N", r"\mathbb{N}"),
    ("Q", r"\mathbb{Q}"),
    ("R", r"\mathbb{R}"),
    ("SI", r"\pu{5 kJ/mol}"),
    ("Z", r"\mathbb{Z}"),
    ("abs", r"\lvert x \rvert"),
    ("argmax", r"\operatorname*{argmax}"),
    ("argmin", r"\operatorname*{argmin}"),
    ("atop", r"\substack{a \\ b}"),
    ("bra", r"\langle a \rvert"),
    ("braket", r"\langle a \vert b \rangle"),
    ("choose", r"\binom{n}{k}"),
    ("dd", r"\mathrm{d}"),
    ("ddddot", r"\overset{....}{x}"),
    ("dddot", r"\overset{...}{x}"),
    ("dv", r"\frac{\mathrm{d}f}{\mathrm{d}x}"),
    ("idotsint", r"\int\cdots\int"),
    ("infin", r"\infty"),
    ("ket", r"\lvert a \rangle"),
    ("mod", r"\bmod"),
    ("norm", r"\lVert x \rVert"),
    ("num", r"\pu{5e3}"),
    ("over", r"\frac{a}{b}"),
    ("pdv", r"\frac{\partial f}{\partial x}"),
    ("prescript", r"{}^{a}_{b}C"),
    ("qty", r"\pu{5 kJ/mol}"),
    ("reals", r"\mathbb{R}"),
    ("root", r"\sqrt[3]{x}"),
    ("si", r"\pu{kJ/mol}"),
    ("unit", r"\pu{kJ/mol}"),
    ("varlimsup", r"\overline{\lim}"),
    ("varliminf", r"\underline{\lim}"),
    ("vb", r"\mathbf{x}"),
    ("vv", r"\overrightarrow{AB}"),
];

/// Names of functions that authors define for themselves.
const FUNCTIONS: [&str; 20] = [
    "Cov", "Tr", "Var", "adj", "corr", "cov", "curl", "diag", "erf", "erfc", "grad", "lcm",
    "logit", "rank", "relu", "rot", "sigmoid", "softmax", "supp", "tr",
];

/// Commands that place or hide what others set.
const PLACING: [&str; 9] = [
    "hphantom", "mathclap", "mathllap", "mathrlap", "phantom", "raisebox", "smash", "vphantom",
    "vspace",
];

/// A hint for a command that is known to others and cannot be set here.
pub(super) fn instead(name: &str) -> Option<String> {
    if let Some((_, tex)) = INSTEAD.iter().find(|(own, _)| *own == name) {
        return Some(say!("write `{tex}`", tex));
    }
    if FUNCTIONS.contains(&name) {
        return Some(say!("write `{tex}`", tex = format!("\\operatorname{{{name}}}")));
    }
    if PLACING.contains(&name) {
        return Some(say!("leave it out; for a space, write `\\quad` or `\\,`"));
    }
    match name {
        "boxed" | "fbox" => {
            Some(say!("leave it out, or put the formula into a box: `::: {{.box}}`"))
        }
        "bcancel" | "xcancel" => Some(say!("write `{tex}`", tex = r"\cancel{x}")),
        "limits" | "nolimits" => {
            Some(say!("write it right behind its operator: `\\sum\\limits_{{i=1}}^n`"))
        }
        _ => None,
    }
}
