//! What a tree comes to whose elements stand for others: written out in full, it may be far larger
//! and deeper than its file, or have no end.

/// A tree written out in full.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Whole {
    /// The sum of the weights of its elements.
    pub(super) weight: f64,
    /// The most elements within each other.
    pub(super) depth: usize,
    /// An element that holds itself, if there is one; below it nothing is counted.
    pub(super) circle: Option<usize>,
}

/// Counts a tree from an element on: each has a weight, and holds or stands for others. Every
/// element is visited once.
pub(super) fn whole(
    root: usize,
    count: usize,
    weight: impl Fn(usize) -> f64,
    below: impl Fn(usize) -> Vec<usize>,
) -> Whole {
    let mut known: Vec<Option<(f64, usize)>> = vec![None; count];
    let mut is_open = vec![false; count];
    let mut circle = None;
    let mut stack = vec![(root, below(root), (weight(root), 1))];
    if let Some(open) = is_open.get_mut(root) {
        *open = true;
    }
    let mut last = (0.0, 0);
    while let Some((at, rest, (sum, depth))) = stack.last_mut() {
        match rest.pop() {
            Some(next) => match known.get(next).copied() {
                Some(Some((weight, deep))) => {
                    *sum += weight;
                    *depth = (*depth).max(deep + 1);
                }
                Some(None) if is_open[next] => circle = circle.or(Some(next)),
                Some(None) => {
                    is_open[next] = true;
                    stack.push((next, below(next), (weight(next), 1)));
                }
                None => {}
            },
            None => {
                last = (*sum, *depth);
                is_open[*at] = false;
                known[*at] = Some(last);
                stack.pop();
                if let Some((_, _, (sum, depth))) = stack.last_mut() {
                    *sum += last.0;
                    *depth = (*depth).max(last.1 + 1);
                }
            }
        }
    }
    Whole { weight: last.0, depth: last.1, circle }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(edges: &[&[usize]]) -> Whole {
        whole(0, edges.len(), |_| 1.0, |at| edges[at].to_vec())
    }

    #[test]
    fn what_is_shared_counts_each_time() {
        let found = of(&[&[1, 1], &[2, 2], &[3, 3, 3], &[]]);
        assert_eq!((found.weight, found.depth, found.circle), (1.0 + 2.0 + 4.0 + 12.0, 4, None));
        // Thirty levels of ten each are counted as fast.
        let edges: Vec<Vec<usize>> =
            (0..31).map(|at| vec![at + 1; if at < 30 { 10 } else { 0 }]).collect();
        let found = whole(0, 31, |_| 1.0, |at| edges[at].clone());
        assert!(found.weight > 1e30 && found.depth == 31);
    }

    #[test]
    fn circles_and_chains_end() {
        assert_eq!(of(&[&[0]]).circle, Some(0));
        assert_eq!(of(&[&[1], &[2], &[1]]).circle, Some(1));
        let found =
            whole(0, 200_000, |_| 1.0, |at| if at < 199_999 { vec![at + 1] } else { vec![] });
        assert_eq!((found.depth, found.circle), (200_000, None));
    }
}
