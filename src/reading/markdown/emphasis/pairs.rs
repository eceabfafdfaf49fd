//! CommonMark's procedure for pairing runs of emphasis marks.

use std::ops::Range;

use super::flanking::Roles;

/// A stretch of emphasised text, its marks included.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) range: Range<usize>,
    /// Whether it has two marks at each end.
    pub(super) strong: bool,
}

/// A run of marks of one kind.
#[derive(Debug)]
pub(super) struct Run {
    mark: u8,
    roles: Roles,
    /// How many marks it has in all.
    count: usize,
    /// The marks that are left over so far.
    pub(super) left: Range<usize>,
    /// What it ends, the innermost first.
    pub(super) closes: Vec<Span>,
    /// What it begins, the innermost first.
    pub(super) opens: Vec<Span>,
}

impl Run {
    pub(super) fn new(mark: u8, range: Range<usize>, roles: Roles) -> Self {
        Self { mark, roles, count: range.len(), left: range, closes: vec![], opens: vec![] }
    }

    /// How many asterisks this run has that could be emphasis; none if they could not.
    pub(super) fn asterisks(&self) -> usize {
        let marks = self.mark == b'*' && (self.roles.opens || self.roles.closes);
        if marks { self.count } else { 0 }
    }

    /// The same of underscores.
    pub(super) fn underscores(&self) -> usize {
        let marks = self.mark == b'_' && (self.roles.opens || self.roles.closes);
        if marks { self.count } else { 0 }
    }

    /// Makes the marks stand for themselves.
    pub(super) fn print(&mut self) {
        self.roles = Roles { opens: false, closes: false };
    }

    /// Runs of one class find, or do not find, the same partners: the number of the class.
    fn class(&self) -> usize {
        usize::from(self.mark == b'_') * 6 + usize::from(self.roles.opens) * 3 + self.count % 3
    }

    /// Whether this run's emphasis can end with `end`: a run that could do both does so only where
    /// the marks add up (CommonMark's rules 9 and 10).
    fn ends_with(&self, end: &Self) -> bool {
        let both = |run: &Self| run.roles.opens && run.roles.closes;
        self.mark == end.mark
            && (!(both(self) || both(end))
                || !(self.count + end.count).is_multiple_of(3)
                || self.count.is_multiple_of(3) && end.count.is_multiple_of(3))
    }
}

/// Pairs the runs of one stretch of text.
pub(super) fn pair(runs: &mut [Run]) {
    // The runs that may begin emphasis, and for each class the number of them among which a run of
    // that class found no partner: it is not looked for there again.
    let mut open: Vec<usize> = vec![];
    let mut searched = [0; 12];
    for at in 0..runs.len() {
        while runs[at].roles.closes && !runs[at].left.is_empty() {
            let class = runs[at].class();
            let found = (searched[class]..open.len())
                .rev()
                .find(|&place| runs[open[place]].ends_with(&runs[at]));
            let Some(place) = found else {
                searched[class] = open.len();
                break;
            };
            // What stands between the two pairs with nothing outside.
            open.truncate(place + 1);
            join(runs, open[place], at);
            if runs[open[place]].left.is_empty() {
                open.pop();
            }
            searched.iter_mut().for_each(|count| *count = open.len().min(*count));
        }
        if runs[at].roles.opens && !runs[at].left.is_empty() {
            open.push(at);
        }
    }
}

/// Takes the innermost marks of two runs for a pair.
fn join(runs: &mut [Run], first: usize, last: usize) {
    let width = runs[first].left.len().min(runs[last].left.len()).min(2);
    let start = runs[first].left.end - width;
    let end = runs[last].left.start + width;
    runs[first].left.end = start;
    runs[last].left.start = end;
    let span = Span { range: start..end, strong: width == 2 };
    runs[first].opens.push(span.clone());
    runs[last].closes.push(span);
}
