//! Columns that end level: where their lines are odd in number, one paragraph gains or loses a line
//! by as little tracking as will do.

use super::part::rounded;
use super::seen::Seen;

/// The width in ems by which a line that is gained or lost exceeds what it must.
const SURELY: f64 = 0.6;
/// The least width in ems of a paragraph's last line.
const RUNT: f64 = 2.5;
/// The fewest lines of a paragraph that is tracked: in fewer it would be seen.
const LINES: usize = 3;

/// The paragraphs whose tracking could bring a part's last columns level, with that tracking in
/// ems, the smallest change first; the part's text is tracked by `own`.
pub(super) fn ways(seen: &Seen, own: f64) -> Vec<(usize, f64)> {
    let measure = seen.setting.column / seen.setting.size;
    let most = seen.setting.vary.tracking;
    let mut out: Vec<(usize, f64)> = seen
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.lines >= LINES)
        .flat_map(|paragraph| {
            let of = |width: f64| (paragraph.line, rounded(width / paragraph.width));
            [
                of(-(paragraph.last + SURELY)),
                of(measure - paragraph.last + RUNT + SURELY),
            ]
        })
        .filter(|(_, tracking)| (own + tracking).abs() <= most)
        .collect();
    out.sort_by(|a, b| a.1.abs().total_cmp(&b.1.abs()).then(a.0.cmp(&b.0)));
    out
}
