//! The names of commands and environments, for those that are nearly right.

/// The names of all commands, one a line.
const COMMANDS: &str = include_str!("commands.txt");

/// The names of all commands.
pub(super) fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.lines()
}

/// The environments.
pub(super) const ENVIRONMENTS: [&str; 33] = [
    "Bmatrix",
    "Bmatrix*",
    "Vmatrix",
    "Vmatrix*",
    "align",
    "align*",
    "alignat",
    "alignat*",
    "aligned",
    "alignedat",
    "array",
    "bmatrix",
    "bmatrix*",
    "cases",
    "darray",
    "dcases",
    "drcases",
    "equation",
    "equation*",
    "gather",
    "gather*",
    "gathered",
    "matrix",
    "matrix*",
    "multline",
    "pmatrix",
    "pmatrix*",
    "rcases",
    "smallmatrix",
    "split",
    "subarray",
    "vmatrix",
    "vmatrix*",
];
